import type { ClaimEntry, ClaimStore } from '../../../domain/claim/claim-ports.ts';
import type { Claim } from '../../../domain/claim.ts';
import type { ClaimName } from '../../../domain/identifiers.ts';
import { OperationError } from '../../../domain/operation-error.ts';
import { type OperatorScope, reaches } from '../../../domain/operator-scope.ts';

export interface FoundClaim {
  readonly entry: ClaimEntry;
  /** From the first to the last; never empty. */
  readonly claims: readonly [Claim, ...Claim[]];
}

/**
 * A claim by its name. One that lies beyond the scope is answered like one that there is not.
 * @throws OperationError `ERR_NOT_FOUND`
 */
export const findClaim = async (
  { claims }: { readonly claims: Pick<ClaimStore, 'entryOf' | 'readClaims'> },
  name: ClaimName,
  scope: OperatorScope,
): Promise<FoundClaim> => {
  const entry = await claims.entryOf(name);
  if (entry === undefined || !reaches(scope, { line: entry.line })) throw noClaim(`named "${name}"`, scope);
  const [first, ...others] = await claims.readClaims(entry.certificates);
  if (first === undefined) throw noClaim(`named "${name}"`, scope);
  return { entry, claims: [first, ...others] };
};

export const noClaim = (which: string, { name }: OperatorScope): OperationError =>
  new OperationError(
    'ERR_NOT_FOUND',
    `There is no claim ${which} within the scope "${name}". See those that there are with: muster claims list`,
  );
