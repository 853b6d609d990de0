import { claimEvent } from '../../../domain/claim/claim-event.ts';
import type { Claim } from '../../../domain/claim.ts';
import type { CertificateId, KeyDigest } from '../../../domain/identifiers.ts';
import type { InputOf } from '../../../domain/operation.ts';
import { OperationError } from '../../../domain/operation-error.ts';
import type { claimsCreate } from '../../../domain/operations/claims-create.ts';
import type { OperationCall, Performer } from '../operation-call.ts';
import { demandReach } from '../reach.ts';
import type { ClaimResources } from './claim-resources.ts';
import { completeIssue } from './complete-issue.ts';
import { findClaim } from './find-claim.ts';
import { claimPolicyOf, CLOCK_SKEW_MS, demandOpenLine, describeIssue, lineOf } from './issue-claim.ts';
import { issueRecorded } from './issue-recorded.ts';
import { readCsrKey } from './read-csr.ts';

type Input = InputOf<typeof claimsCreate>;

/** Of a certificate that is not there yet, in a dry run. */
const NO_CERTIFICATE = '0'.repeat(64) as CertificateId;

/**
 * Makes a claim: its certificate at AWS IoT, its record in the table. The certificate becomes active last, so that whatever
 * fails, and whenever, leaves nothing that opens anything. Once it is on record, the same request again finishes what was begun.
 */
export const createCreate =
  (resources: ClaimResources): Performer<typeof claimsCreate> =>
  async (input, call) => {
    demandOpenLine(lineOf(resources, input.line));
    demandReach(call.scope, input);
    demandTimes(input, call.at);
    demandRange(input);
    const key = readCsrKey(input.csrPem);
    const before = await createdBefore(resources, input, key);
    if (before !== undefined) return completeIssue(resources, [before], call);
    const policyName = await claimPolicyOf(resources, input.line);
    if (call.isDryRun) {
      return { ...(await describeIssue(resources, [claimOf(input, NO_CERTIFICATE, call)], call.at)), certificatePem: '' };
    }
    const write = (certificate: CertificateId) => resources.claims.create(claimOf(input, certificate, call), key);
    if ((await issueRecorded(resources, { csrPem: input.csrPem, name: input.name, policyName, write })) === 'conflict') throw taken(input);
    return completeIssue(resources, (await findClaim(resources, input.name, call.scope)).claims, call);
  };

const claimOf = (input: Input, certificateId: CertificateId, { at, actor, eventId }: OperationCall): Claim => {
  const claim: Claim = {
    name: input.name,
    line: input.line,
    certificateId,
    state: 'open',
    opensAt: input.opensAt ?? at - CLOCK_SKEW_MS,
    expiresAt: input.expiresAt,
    quota: input.quota,
    admitted: 0,
    ...(input.contact === undefined ? {} : { contact: input.contact }),
    ...(input.range === undefined ? {} : { range: input.range }),
    ...(input.manifest === undefined ? {} : { manifest: input.manifest }),
  };
  return { ...claim, lastEvent: claimEvent('claim.created', claim, { id: eventId, at, actor }) };
};

// A request with the same key is the same request: its answer was lost, or it broke off half-way.
const createdBefore = async ({ claims }: ClaimResources, input: Input, key: KeyDigest): Promise<Claim | undefined> => {
  const entry = await claims.entryOf(input.name);
  if (entry === undefined) return undefined;
  const [claim] = await claims.readClaims(entry.certificates);
  const isSame = entry.key === key && entry.certificates.length === 1 && claim?.state === 'open' && isAsSaid(claim, input);
  if (!isSame) throw taken(input);
  return claim;
};

const isAsSaid = (claim: Claim, input: Input): boolean =>
  claim.line === input.line &&
  claim.quota === input.quota &&
  claim.manifest === input.manifest &&
  claim.range?.from === input.range?.from &&
  claim.range?.to === input.range?.to;

const taken = ({ name }: Input): OperationError =>
  new OperationError('ERR_CONFLICT', `There is a claim named "${name}" already; names are used once. Choose another.`);

const demandTimes = ({ opensAt, expiresAt }: Input, at: number): void => {
  if (expiresAt <= Math.max(at, opensAt ?? at))
    throw new OperationError('ERR_INPUT', `expiresAt: got ${expiresAt}; allowed is a time that is yet to come, after it opens.`);
};

const demandRange = ({ range }: Input): void => {
  if (range === undefined) return;
  const [from, to] = [Buffer.from(range.from), Buffer.from(range.to)];
  if (from.length !== to.length || Buffer.compare(from, to) > 0)
    throw new OperationError('ERR_INPUT', `range: got "${range.from}" to "${range.to}"; allowed are two serials of one length, in order.`);
};
