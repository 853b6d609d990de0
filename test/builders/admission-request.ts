import type { AdmissionRequest } from '../../domain/admission/admission-request.ts';
import type { KeyDigest } from '../../domain/identifiers.ts';
import { aClaim } from './claim.ts';
import { NOON, anEnrollment } from './enrollment.ts';
import { CLIENT_ID } from './hook-event.ts';
import { aLineSettings } from './line-settings.ts';
import { aCertificateId, aKey, aLine, aSerial } from './identifiers.ts';

/** A device of the line `sensor` that comes for the first time, proven to hold the given key. */
export const anAdmissionRequest = (more: Partial<AdmissionRequest> = {}, key: KeyDigest = aKey('device')): AdmissionRequest => ({
  at: NOON,
  eventId: 'event-1',
  correlationId: CLIENT_ID,
  line: aLine(),
  settings: aLineSettings(),
  serialNumber: aSerial(),
  thingName: anEnrollment().thingName,
  approach: 'pki',
  certificateId: aCertificateId('device'),
  claimCertificateId: aClaim().certificateId,
  claim: aClaim(),
  enrollment: anEnrollment(),
  verify: () => ({ accepted: true, key, attestation: 'pinned-key' }),
  ...more,
});
