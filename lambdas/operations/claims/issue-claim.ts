import type { Claim } from '../../../domain/claim.ts';
import type { LineName } from '../../../domain/identifiers.ts';
import type { LineSettings } from '../../../domain/line-settings.ts';
import type { OutputOf } from '../../../domain/operation.ts';
import { OperationError } from '../../../domain/operation-error.ts';
import type { claimsRecordField } from '../../../domain/operations/claims-record-field.ts';
import { resourceNames } from '../../../domain/resource-names.ts';
import type { ClaimResources } from './claim-resources.ts';
import { viewClaim } from './view-claim.ts';

/** The hook has a clock of its own, and a claim is wanted at once. */
export const CLOCK_SKEW_MS = 300_000;

/** @throws OperationError `ERR_INPUT` when the deployment has no such line. */
export const lineOf = ({ lines }: Pick<ClaimResources, 'lines'>, wanted: LineName): LineSettings => {
  const line = lines.find(({ name }) => name === wanted);
  if (line !== undefined) return line;
  const names = lines.map(({ name }) => name).join(', ');
  throw new OperationError('ERR_INPUT', `line: got "${wanted}"; allowed is one of ${names}. Name a line of the configuration.`);
};

/** @throws OperationError `ERR_CONFLICT` when nobody may come into the line. */
export const demandOpenLine = ({ name, isClosed }: LineSettings): void => {
  if (isClosed === true)
    throw new OperationError(
      'ERR_CONFLICT',
      `The line "${name}" is closed: nobody new comes in. Open it in the configuration, and deploy that.`,
    );
};

/**
 * The policy that a claim of a line takes.
 * @throws OperationError `ERR_INPUT` when devices of that line do not come by claim.
 */
export const claimPolicyOf = async (
  { prefix, certificates }: Pick<ClaimResources, 'prefix' | 'certificates'>,
  line: LineName,
): Promise<string> => {
  const policyName = resourceNames(prefix).claimPolicy(line);
  if (await certificates.hasPolicy(policyName)) return policyName;
  throw new OperationError(
    'ERR_INPUT',
    `line: got "${line}", whose devices prove themselves whenever they connect; allowed is a line that uses "pki". Import them: muster devices import`,
  );
};

/** What a device needs to use the last of these certificates, beside the certificate itself. */
export const describeIssue = async (
  { prefix, certificates, lines }: Pick<ClaimResources, 'prefix' | 'certificates' | 'lines'>,
  claims: readonly [Claim, ...Claim[]],
  at: number,
): Promise<OutputOf<typeof claimsRecordField>> => {
  const names = resourceNames(prefix);
  const last = claims.at(-1) ?? claims[0];
  const claim = viewClaim(last, claims, { at });
  if (claim === undefined) throw new OperationError('ERR_CONFLICT', `The first certificate of claim "${last.name}" is not on record.`);
  return {
    claim,
    certificateId: last.certificateId,
    template: names.template(last.line),
    clientIdPrefix: names.claimClientIdPrefix(last.line),
    endpoint: await certificates.dataEndpoint(),
    approval: lineOf({ lines }, last.line).approval,
  };
};
