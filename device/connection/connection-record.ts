import * as z from 'zod/mini';

/** How far a device has come that proves itself whenever it connects: there is one stage, and nothing to resume before it. */
export const connectionRecordSchema = z.object({
  schemaVersion: z.literal(1),
  serialNumber: z.string(),
  stage: z.literal('onboarded'),
  approach: z.string(),
  thingName: z.string(),
  endpoint: z.string(),
});

export type ConnectionRecord = z.infer<typeof connectionRecordSchema>;

/** What a device remembers of the proofs that it made. */
export const proofMemorySchema = z.object({
  schemaVersion: z.literal(1),
  thingName: z.string(),
  /** Counters up to this one may have been used. */
  counter: z.int().check(z.nonnegative(), z.lt(2 ** 32)),
  /** When the newest proof was made that the cloud accepted, in milliseconds since the epoch. */
  acceptedAt: z.optional(z.number()),
  /** The name of the key that was accepted last. */
  acceptedKey: z.optional(z.string()),
  /** A newer key that was refused, while an older one was accepted. */
  passedOver: z.optional(z.object({ keyName: z.string(), at: z.number() })),
});

export type ProofMemory = z.infer<typeof proofMemorySchema>;
