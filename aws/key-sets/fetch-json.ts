const MAX_BYTES = 65_536;

export interface JsonRequest {
  readonly fetch: typeof globalThis.fetch;
  readonly isAllowed: (url: string) => boolean;
  readonly signal: AbortSignal;
}

/**
 * Fetches a small JSON document. No redirect is followed: whoever could make one would choose whose keys count. The connection is
 * not kept: a function that is thawed would find it dead.
 * @throws for an address that is not allowed, any status but 200, more than 64 KiB, or text that is no JSON.
 */
export const fetchJson = async (url: string, { fetch, isAllowed, signal }: JsonRequest): Promise<unknown> => {
  if (!isAllowed(url)) throw new TypeError(`The address ${url} is neither https nor of this machine.`);
  const response = await fetch(url, { redirect: 'error', signal, headers: { accept: 'application/json', connection: 'close' } });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new TypeError(`${url} answered with status ${response.status}.`);
  }
  return JSON.parse(await readText(response, url));
};

const readText = async (response: Response, url: string): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const body: AsyncIterable<Uint8Array> | undefined = response.body ?? undefined;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_BYTES) throw new RangeError(`${url} answered with more than ${MAX_BYTES} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};
