import type { AuditEvent } from '../audit-event.ts';
import type { Claim } from '../claim.ts';
import { SHARED_USE_CHECK } from './audited-checks.ts';

/** The record that the shared use of a claim's certificate is no finding, or is one again: each once in the life of the certificate. */
export const suppressionEvent = (
  code: 'defender.suppressed' | 'defender.unsuppressed',
  { name, line, certificateId, expiresAt }: Claim,
  { at, actor }: Pick<AuditEvent, 'at' | 'actor'>,
): AuditEvent => ({
  schemaVersion: 1,
  id: `${code === 'defender.suppressed' ? 'suppressed' : 'unsuppressed'}-${certificateId}`,
  ...{ at, code, actor, operation: SHARED_USE_CHECK },
  ...{ line, claim: name, claimCertificateId: certificateId },
  ...(code === 'defender.suppressed' ? { until: expiresAt } : {}),
});
