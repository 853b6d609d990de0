import * as z from 'zod/mini';
import type { Branded } from '../branded.ts';

/** The name of the AWS IoT job that asks a device for another credential. It names the rotation, too, wherever that is spoken of. */
export type RotationId = Branded<string, 'RotationId'>;

// What a job may be called (API reference of CreateJob).
export const rotationId = z.pipe(
  z.string().check(z.regex(/^[a-zA-Z0-9_-]{1,64}$/)),
  z.transform((text) => text as RotationId),
);

/** A credential that is being replaced. It is one of an enrollment that is `rotating`, or was before it was quarantined. */
export interface Rotation {
  readonly id: RotationId;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Milliseconds since the epoch: whoever finds it under way from then on withdraws it. */
  readonly until: number;
  /**
   * Of a device that proves itself whenever it connects: what it must prove once this is complete, in the words of its approach.
   * Until then it may prove either. None before the device has asked for it.
   */
  readonly next?: Readonly<Record<string, string>>;
}
