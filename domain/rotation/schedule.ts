import { createHash } from 'node:crypto';
import type { Enrollment } from '../enrollment.ts';
import type { ThingName } from '../identifiers.ts';
import type { LineRotations, RotationSettings } from './rotation-settings.ts';
import { DAY_MS } from '../duration.ts';

const HEX_DIGITS = 8;

/** A credential in use, all times in milliseconds since the epoch. */
export interface CredentialAge {
  readonly thingName: ThingName;
  readonly since: number;
  /** None for one that does not expire within the life of a device. */
  readonly expiresAt?: number | undefined;
}

/** When a credential is due to be replaced: the same for the same credential, and another for the next. */
export const rotationDueAt = (
  { everyDays, beforeExpiryDays, jitter }: Pick<RotationSettings, 'everyDays' | 'beforeExpiryDays' | 'jitter'>,
  { thingName, since, expiresAt }: CredentialAge,
): number => {
  const sooner = jitter * fractionOf(`${thingName}#${since}`);
  const byAge = since + everyDays * DAY_MS * (1 - sooner);
  const byExpiry = expiresAt === undefined ? Infinity : expiresAt - beforeExpiryDays * DAY_MS * (1 + sooner);
  return Math.round(Math.max(since, Math.min(byAge, byExpiry)));
};

// From 0 up to, but not including, 1.
const fractionOf = (text: string): number =>
  Number.parseInt(createHash('sha256').update(text, 'utf8').digest('hex').slice(0, HEX_DIGITS), 16) / 16 ** HEX_DIGITS;

/** How long to wait after rotations of a device that came to nothing: a day, doubled each time, at most sixteen. */
export const waitAfterFailures = (failures: number): number => DAY_MS * 2 ** Math.min(Math.max(failures - 1, 0), 4);

/** The enrollment with the time noted at which its credential is due; with none where its line rotates nothing. */
export const scheduled = (enrollment: Enrollment, settings: RotationSettings | undefined): Enrollment => {
  const { rotateAt, ...unscheduled } = enrollment;
  const { credentialSince, certificates, certificateInUse, thingName } = enrollment;
  if (settings === undefined || credentialSince === undefined) return unscheduled;
  const expiresAt = certificates.find(({ id }) => id === certificateInUse)?.expiresAt;
  const dueAt = rotationDueAt(settings, { thingName, since: credentialSince, expiresAt });
  return dueAt === rotateAt ? enrollment : { ...unscheduled, rotateAt: dueAt };
};

/** The same, by the settings of its own line. */
export const scheduledBy = (rotations: LineRotations, enrollment: Enrollment): Enrollment =>
  scheduled(enrollment, rotations.find(({ line }) => line === enrollment.line)?.settings);
