import * as z from 'zod';

/** What a broker's process prints when it is ready, for the clients in another. */
export const announcement = z.object({
  port: z.number(),
  /** PEM of the root that vouches for the broker. */
  rootCa: z.string(),
  serverName: z.string(),
  /** PEM of a client certificate that the broker takes for every client id, and its key. */
  certificate: z.string(),
  privateKey: z.string(),
});

export type Announcement = z.infer<typeof announcement>;

/** Prints the announcement, answers each line of input with the resident memory in bytes, and ends with the input. */
export const serveUntilInputEnds = (ready: Announcement, stop: () => Promise<void>): void => {
  process.stdout.write(`${JSON.stringify(ready)}\n`);
  process.stdin.on('data', () => {
    globalThis.gc?.();
    process.stdout.write(`${String(process.memoryUsage().rss)}\n`);
  });
  process.stdin.on('end', () => void stop());
};
