/** Why a device was refused. It stands in the audit record only: the device learns that it was refused, never why. */
export const reasonCodes = [
  'malformed-request',
  'unknown-template',
  'unknown-claim',
  'claim-closed',
  'claim-not-yet-open',
  'claim-expired',
  'claim-of-another-line',
  'claim-quota-exhausted',
  'unknown-serial',
  'another-approach',
  'pending-approval',
  'quarantined',
  'revoked',
  'decommissioned',
  'unacceptable-key',
  'not-the-pinned-key',
  'evidence-refused',
  'bound-to-another-key',
  'too-many-certificates',
  'lost-a-race',
  'deadline-exceeded',
  'internal-error',
] as const;

export type ReasonCode = (typeof reasonCodes)[number];
