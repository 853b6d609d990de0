import type { AuditEvent } from '../audit-event.ts';
import type { Claim } from '../claim.ts';
import type { Stamp } from '../registration.ts';

/** The record of what was done with a claim. */
export const claimEvent = (code: 'claim.created' | 'claim.rotated' | 'claim.closed', claim: Claim, stamp: Stamp): AuditEvent => ({
  schemaVersion: 1,
  ...stamp,
  code,
  line: claim.line,
  claim: claim.name,
  claimCertificateId: claim.certificateId,
});
