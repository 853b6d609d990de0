import { claimEvent } from '../../../domain/claim/claim-event.ts';
import type { Claim } from '../../../domain/claim.ts';
import type { CertificateId, KeyDigest } from '../../../domain/identifiers.ts';
import type { InputOf } from '../../../domain/operation.ts';
import { OperationError } from '../../../domain/operation-error.ts';
import type { claimsRecordField } from '../../../domain/operations/claims-record-field.ts';
import type { OperationCall, Performer } from '../operation-call.ts';
import { demandReach } from '../reach.ts';
import type { ClaimResources } from './claim-resources.ts';
import { claimPolicyOf, CLOCK_SKEW_MS, describeIssue, lineOf } from './issue-claim.ts';

/** As long as the certificate itself (DG:provision-wo-cert). */
const FIELD_CLAIM_MS = 300_000;

/** Records a technician's claim, under the technician's own name as AWS reports it. */
export const createRecordField =
  (resources: ClaimResources): Performer<typeof claimsRecordField> =>
  async (input, call) => {
    lineOf(resources, input.line);
    demandReach(call.scope, input);
    await claimPolicyOf(resources, input.line);
    const claim = claimOf(input, call);
    if (!call.isDryRun) await record(resources, claim);
    return describeIssue(resources, [claim], call.at);
  };

const claimOf = (input: InputOf<typeof claimsRecordField>, { at, actor, eventId }: OperationCall): Claim => {
  const claim: Claim = {
    name: input.name,
    line: input.line,
    certificateId: input.certificateId,
    state: 'open',
    opensAt: at - CLOCK_SKEW_MS,
    expiresAt: at + FIELD_CLAIM_MS,
    quota: input.quota,
    admitted: 0,
    technician: actor.arn,
    ...(input.contact === undefined ? {} : { contact: input.contact }),
  };
  return { ...claim, lastEvent: claimEvent('claim.created', claim, { id: eventId, at, actor }) };
};

const record = async ({ claims, audit }: ClaimResources, claim: Claim): Promise<void> => {
  const outcome = await claims.create(claim, keyOf(claim.certificateId));
  if (outcome === 'conflict') {
    const [existing] = await claims.readClaims([claim.certificateId]);
    const isSame = existing?.name === claim.name && existing.technician === claim.technician && existing.state === 'open';
    if (!isSame) throw new OperationError('ERR_CONFLICT', `There is a claim named "${claim.name}" or of this certificate already.`);
    if (existing.lastEvent !== undefined) audit.emit(existing.lastEvent);
    return;
  }
  if (claim.lastEvent !== undefined) audit.emit(claim.lastEvent);
};

// AWS makes the key and tells only the technician; the digest of the certificate names it as well.
const keyOf = (certificate: CertificateId): KeyDigest => certificate as string as KeyDigest;
