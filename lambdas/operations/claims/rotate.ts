import { claimEvent } from '../../../domain/claim/claim-event.ts';
import type { Claim } from '../../../domain/claim.ts';
import type { CertificateId } from '../../../domain/identifiers.ts';
import { OperationError } from '../../../domain/operation-error.ts';
import type { claimsRotate } from '../../../domain/operations/claims-rotate.ts';
import { resourceNames } from '../../../domain/resource-names.ts';
import type { OperationCall, Performer } from '../operation-call.ts';
import type { ClaimResources } from './claim-resources.ts';
import { completeIssue } from './complete-issue.ts';
import { findClaim } from './find-claim.ts';
import { describeIssue } from './issue-claim.ts';
import { issueRecorded } from './issue-recorded.ts';
import { readCsrKey } from './read-csr.ts';

const NO_CERTIFICATE = '0'.repeat(64) as CertificateId;

/**
 * Gives a claim another certificate. Serials are counted on the first as before, and the one before stays good for a while:
 * the line never stops. The same request again finishes what was begun.
 */
export const createRotate =
  (resources: ClaimResources): Performer<typeof claimsRotate> =>
  async ({ name, csrPem, overlapMs }, call) => {
    const key = readCsrKey(csrPem);
    const { entry, claims } = await findClaim(resources, name, call.scope);
    const before = claims.at(-1) ?? claims[0];
    if (entry.key === key && entry.certificates.length > 1 && before.state === 'open') return completeIssue(resources, claims, call);
    demandRotatable(before, call.at);
    const overlapUntil = Math.min(before.expiresAt, call.at + overlapMs);
    if (call.isDryRun) {
      const next = nextOf(before, entry.certificates[0], { certificateId: NO_CERTIFICATE, call });
      return { ...(await describeIssue(resources, [...claims, next], call.at)), certificatePem: '' };
    }
    const policyName = resourceNames(resources.prefix).claimPolicy(before.line);
    const write = (certificateId: CertificateId) =>
      resources.claims.rotate({ entry, next: nextOf(before, entry.certificates[0], { certificateId, call }), key, overlapUntil });
    if ((await issueRecorded(resources, { csrPem, name, policyName, write })) === 'conflict') throw changed(name);
    return completeIssue(resources, (await findClaim(resources, name, call.scope)).claims, call);
  };

const nextOf = (
  before: Claim,
  first: CertificateId | undefined,
  { certificateId, call: { at, actor, eventId } }: { readonly certificateId: CertificateId; readonly call: OperationCall },
): Claim => {
  const next: Claim = {
    ...before,
    certificateId,
    state: 'open',
    admitted: 0,
    countsOn: before.countsOn ?? first ?? before.certificateId,
  };
  return { ...next, lastEvent: claimEvent('claim.rotated', next, { id: eventId, at, actor }) };
};

const demandRotatable = ({ name, state, expiresAt, technician }: Claim, at: number): void => {
  const why =
    (state === 'closed' && 'it is closed') ||
    (at >= expiresAt && 'its time is over') ||
    (technician !== undefined && 'it is a technician’s, of five minutes');
  if (why) throw new OperationError('ERR_CONFLICT', `Claim "${name}" cannot be rotated: ${why}. Create another.`);
};

const changed = (name: string): OperationError =>
  new OperationError('ERR_CONFLICT', `Claim "${name}" was changed by somebody else at the same time; look at it and try again.`);
