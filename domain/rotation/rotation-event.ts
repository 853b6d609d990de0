import type { AuditCode, AuditEvent } from '../audit-event.ts';
import type { Enrollment } from '../enrollment.ts';

type About = Pick<AuditEvent, 'id' | 'at'> &
  Partial<Pick<AuditEvent, 'certificateId' | 'keyDigest' | 'boundKeyDigest' | 'reason' | 'actor'>>;

/** The record of a step of a device's rotation; by the device, where nobody else is said to have taken it. */
export const rotationEvent = (
  { line, tenant, approach, serialNumber, thingName, rotation }: Enrollment,
  code: Exclude<Extract<AuditCode, `rotation.${string}`>, 'rotation.demanded' | 'rotation.halted' | 'rotation.resumed'>,
  about: About,
): AuditEvent => ({
  schemaVersion: 1,
  code,
  actor: { kind: 'device' },
  ...{ line, tenant, approach, serialNumber, thingName },
  ...(rotation === undefined ? {} : { rotation: rotation.id }),
  ...about,
});
