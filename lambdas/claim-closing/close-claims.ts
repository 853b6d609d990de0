import type { AuditEvent } from '../../domain/audit-event.ts';
import { claimEvent } from '../../domain/claim/claim-event.ts';
import type { ClaimAlarms, ClaimEntry, ClaimStore } from '../../domain/claim/claim-ports.ts';
import type { Claim } from '../../domain/claim.ts';
import type { SharedUseSuppressions } from '../../domain/defender/defender-ports.ts';
import { suppressionEvent } from '../../domain/defender/suppression-event.ts';
import type { AuditLog, ClaimCertificates } from '../../domain/ports.ts';
import { type ConnectionEnder, type EndedConnections, endConnections } from './end-connections.ts';

export interface ClaimCloser extends ConnectionEnder {
  readonly claims: Pick<ClaimStore, 'close' | 'readClaims' | 'markClosed'>;
  readonly certificates: Pick<ClaimCertificates, 'setActive'>;
  readonly claimAlarms: Pick<ClaimAlarms, 'remove'>;
  /** Where Device Defender audits the account by our configuration. */
  readonly suppressions?: Pick<SharedUseSuppressions, 'lift'> | undefined;
  readonly audit: AuditLog;
}

export interface ClaimClosing {
  /** The name that the claims stand under; none for a claim that was recorded without one. */
  readonly entry: ClaimEntry | undefined;
  readonly claims: readonly Claim[];
  /** Who closes, and when; the id is that of the certificate's closing. */
  readonly by: Pick<AuditEvent, 'actor' | 'at' | 'operation' | 'scope'>;
}

/**
 * Closes claims for good. The order is what makes it safe to be interrupted anywhere: the records first, so that the very
 * next admission refuses, whatever becomes of the rest; then the certificates, so that nobody connects; then whoever is
 * connected. All of it may be repeated.
 */
export const closeClaims = async (closer: ClaimCloser, { entry, claims, by }: ClaimClosing): Promise<EndedConnections> => {
  for (const claim of claims) {
    const { lastEvent } = await closer.claims.close(claim, closingEvent(claim, by));
    if (lastEvent !== undefined) closer.audit.emit(lastEvent);
  }
  for (const { certificateId } of claims) await closer.certificates.setActive(certificateId, false);
  for (const claim of claims) await liftSuppression(closer, claim, by);
  const connections = await endConnections(
    closer,
    claims.map(({ certificateId }) => certificateId),
  );
  if (entry !== undefined) await settle(closer, entry);
  return connections;
};

// Nobody shares it any more: whoever does is found from now on.
const liftSuppression = async ({ suppressions, audit }: ClaimCloser, claim: Claim, by: ClaimClosing['by']): Promise<void> => {
  if (suppressions === undefined) return;
  await suppressions.lift(claim.certificateId);
  audit.emit(suppressionEvent('defender.unsuppressed', claim, by));
};

// A certificate is closed once in its life, so its id makes the event's: whoever repeats this emits the same.
const closingEvent = (claim: Claim, { operation, scope, ...stamp }: ClaimClosing['by']): AuditEvent => ({
  ...claimEvent('claim.closed', claim, { id: `closed-${claim.certificateId}`, ...stamp }),
  ...(operation === undefined ? {} : { operation }),
  ...(scope === undefined ? {} : { scope }),
});

const settle = async ({ claims, claimAlarms }: ClaimCloser, { name, certificates, isClosed }: ClaimEntry): Promise<void> => {
  const now = await claims.readClaims(certificates);
  if (isClosed || now.some(({ state }) => state === 'open')) return;
  await claimAlarms.remove(name);
  await claims.markClosed(name);
};
