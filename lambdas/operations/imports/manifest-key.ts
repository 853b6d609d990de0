import { type KeyId, type ManufacturerKey, refusalOfTime } from '../../../domain/manufacturer.ts';
import type { ManufacturerStore } from '../../../domain/manufacturer-store.ts';
import { OperationError } from '../../../domain/operation-error.ts';
import type { OperationCall } from '../operation-call.ts';

/**
 * The key that vouches for a manifest; none where an operator does. Whether the rows are those of the file that it signed
 * only the caller can know, who has the file: a factory that must not be trusted with that needs a narrower scope.
 * @throws OperationError where it is not registered, not valid now, or nobody vouches and the scope may not.
 */
export const manifestKey = async (
  manufacturers: ManufacturerStore,
  kid: KeyId | undefined,
  { scope, at }: Pick<OperationCall, 'scope' | 'at'>,
): Promise<ManufacturerKey | undefined> => {
  if (kid === undefined) {
    if (scope.role !== 'factory') return undefined;
    throw new OperationError(
      'ERR_NOT_ALLOWED',
      `The scope "${scope.name}" imports signed manifests only; have it signed, or imported by an operator.`,
    );
  }
  const key = (await manufacturers.list()).find((one) => one.kid === kid);
  if (key === undefined) throw new OperationError('ERR_NOT_FOUND', `No manufacturer has the key ${kid}: muster manufacturers list`);
  const refusal = refusalOfTime(key, at);
  if (refusal !== undefined) throw new OperationError('ERR_NOT_ALLOWED', refusal);
  return key;
};
