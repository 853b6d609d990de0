import type { Claim } from '../../../domain/claim.ts';
import { suppressionEvent } from '../../../domain/defender/suppression-event.ts';
import type { OutputOf } from '../../../domain/operation.ts';
import { OperationError } from '../../../domain/operation-error.ts';
import type { claimsCreate } from '../../../domain/operations/claims-create.ts';
import { resourceNames } from '../../../domain/resource-names.ts';
import type { OperationCall } from '../operation-call.ts';
import type { ClaimResources } from './claim-resources.ts';
import { describeIssue } from './issue-claim.ts';

/** What is left to do once a claim is on record, all of it repeatable: policy, alarms, and activation last. */
export const completeIssue = async (
  resources: ClaimResources,
  claims: readonly [Claim, ...Claim[]],
  { at, isDryRun }: Pick<OperationCall, 'at' | 'isDryRun'>,
): Promise<OutputOf<typeof claimsCreate>> => {
  const { certificates, claimAlarms, audit, prefix } = resources;
  const last = claims.at(-1) ?? claims[0];
  const issue = await describeIssue(resources, claims, at);
  const certificate = await certificates.find(last.certificateId);
  if (certificate === undefined)
    throw new OperationError(
      'ERR_CONFLICT',
      `The certificate of claim "${last.name}" is gone from AWS IoT; close the claim and create another.`,
    );
  if (!isDryRun) {
    await certificates.attachPolicy(certificate, resourceNames(prefix).claimPolicy(last.line));
    await claimAlarms.put(last.name);
    await suppressSharedUse(resources, last);
    await certificates.setActive(last.certificateId, true);
    if (last.lastEvent !== undefined) audit.emit(last.lastEvent);
  }
  return { ...issue, certificatePem: certificate.certificatePem };
};

// A batch shares it by design: before anybody can connect, and until the claim ends.
const suppressSharedUse = async ({ suppressions, audit }: ClaimResources, claim: Claim): Promise<void> => {
  if (suppressions === undefined || claim.lastEvent === undefined) return;
  const description = `Muster: the claim ${claim.name} of the line ${claim.line}, shared by design.`;
  const isSuppressed = await suppressions.suppress(claim.certificateId, claim.expiresAt, description);
  if (isSuppressed) audit.emit(suppressionEvent('defender.suppressed', claim, claim.lastEvent));
};
