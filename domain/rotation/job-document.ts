import * as z from 'zod/mini';

/** What a job says that is about rotation and about nothing else. */
export const ROTATE = 'muster.rotate-credential';

/**
 * The document of a job that asks for another credential. It holds no secret and names no endpoint, and no topic either: whoever could
 * change it could make a device ask in vain, and nothing worse.
 */
export const rotationJobDocument = z.object({
  operation: z.literal(ROTATE),
  schemaVersion: z.literal(1),
  /** Milliseconds since the epoch; asking is in vain from then on. */
  until: z.number(),
});

export type RotationJobDocument = z.infer<typeof rotationJobDocument>;
