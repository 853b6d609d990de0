import * as z from 'zod/mini';

const summary = z.object({ jobId: z.string() });

/** Answers of AWS IoT Jobs over MQTT (DG:jobs-mqtt-api), of which every member may be missing. */
export const jobAnswer = z.object({
  /** Seconds since the epoch, as the prose says, or milliseconds, as the examples show. */
  timestamp: z.optional(z.number()),
  clientToken: z.optional(z.string()),
  inProgressJobs: z.optional(z.array(summary)),
  queuedJobs: z.optional(z.array(summary)),
  execution: z.optional(z.object({ jobId: z.optional(z.string()), jobDocument: z.optional(z.unknown()) })),
  code: z.optional(z.string()),
  message: z.optional(z.string()),
  executionState: z.optional(z.object({ status: z.string() })),
});

export type JobAnswer = z.infer<typeof jobAnswer>;

/** Of the earliest date that is meant in milliseconds: 1973. In seconds it would be in the year 5138. */
const MILLISECONDS_FROM = 1e11;

/** When the cloud answered, by its own clock, in milliseconds since the epoch. */
export const cloudTimeIn = ({ timestamp }: JobAnswer): number | undefined =>
  timestamp === undefined || timestamp >= MILLISECONDS_FROM ? timestamp : timestamp * 1_000;
