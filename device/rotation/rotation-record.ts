import * as z from 'zod/mini';
import { rotationId } from '../../domain/rotation/rotation.ts';

/** Where of two places what is new is kept, beside what is held. */
export const places = ['a', 'b'] as const;

export type Place = (typeof places)[number];

const head = { schemaVersion: z.literal(1), thingName: z.string(), rotation: rotationId, place: z.enum(places) };

/** Which of the two was refused while the other was accepted, and how often in a row: nothing is decided by the first time. */
const refusals = z.object({ of: z.enum(['held', 'offered', 'neither']), times: z.int().check(z.positive()) });

/**
 * How far a rotation has come on this device, written before each step that a power cut must not lose:
 *
 * - `asking`: it is under way; there may be a key, and nothing that was made for it
 * - `given`: what the cloud offers is kept beside what is held; either may be what the cloud takes in the end
 * - `committed`: the cloud takes what it offered and nothing else: the other is given up
 * - `dropped`: nothing comes of it: what was offered is given up
 * - `ended`: all of that is done. Its job may still wait, where the cloud was cut off; it is not followed again
 */
const schema = z.discriminatedUnion('stage', [
  z.object({ ...head, stage: z.literal('asking'), until: z.optional(z.number()) }),
  z.object({ ...head, stage: z.literal('given'), until: z.optional(z.number()), refusals: z.optional(refusals) }),
  z.object({ ...head, stage: z.literal('committed') }),
  z.object({ ...head, stage: z.literal('dropped'), because: z.string(), isOfferedTaken: z.optional(z.boolean()) }),
  z.object({ ...head, stage: z.literal('ended') }),
]);

export type RotationRecord = z.infer<typeof schema>;
export type At<Stage extends RotationRecord['stage']> = Extract<RotationRecord, { stage: Stage }>;

/** The record in this text, or `undefined` when it is none: what lies on the device says more than nothing, then. */
export const parseRotationRecord = (text: string): RotationRecord | undefined => {
  try {
    return z.safeParse(schema, JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};
