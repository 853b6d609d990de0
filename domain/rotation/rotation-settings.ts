import * as z from 'zod/mini';
import { lineName } from '../identifiers.ts';
import { maintenanceWindow } from './maintenance-window.ts';

const share = z.number().check(z.minimum(0), z.maximum(1));
const days = z.int().check(z.minimum(1), z.maximum(3650));

/** How the credentials of a line's devices are replaced. */
export const rotationSettings = z.strictObject({
  /** A credential is replaced when it has been in use for so many days, */
  everyDays: z._default(days, 365),
  /** or so many days before it expires, whichever comes first. */
  beforeExpiryDays: z._default(days, 30),
  /** Up to this share of either time sooner, each device by another, so that what came in together does not rotate together. */
  jitter: z._default(z.number().check(z.minimum(0), z.maximum(0.5)), 0.1),
  /** How many devices may be asked in a minute. */
  perMinute: z._default(z.int().check(z.minimum(1), z.maximum(600)), 60),
  /** How many may be under way at once. */
  atOnce: z._default(z.int().check(z.minimum(1), z.maximum(10_000)), 500),
  /** Hours that a device has, from when it is asked, until its rotation is withdrawn and asked for again later. */
  patienceHours: z._default(z.int().check(z.minimum(1), z.maximum(168)), 24),
  /** When devices may be asked, in UTC; none said means always. */
  windows: z._default(z.array(maintenanceWindow).check(z.maxLength(14)), []),
  /** This share of what is due goes first, and the rest only when it went well. */
  canary: z._default(share, 0.01),
  /** It all stops when more than this share of the rotations that ended did not succeed, */
  abortAbove: z._default(share, 0.1),
  /** but not before so many ended. */
  abortAfter: z._default(z.int().check(z.minimum(1), z.maximum(10_000)), 10),
  /** Whether a device may keep its key, as one must that cannot make another: then only its certificate is new. */
  sameKey: z._default(z.boolean(), false),
});

export type RotationSettings = z.infer<typeof rotationSettings>;

const lineRotations = z.array(z.object({ line: lineName, settings: rotationSettings }));

/** The lines whose credentials are rotated, and how. */
export type LineRotations = z.infer<typeof lineRotations>;

/** Reads them from JSON text. @throws when it is none. */
export const parseLineRotations = (json: string): LineRotations => z.parse(lineRotations, JSON.parse(json));
