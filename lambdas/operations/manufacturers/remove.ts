import { OperationError } from '../../../domain/operation-error.ts';
import type { manufacturersRemove } from '../../../domain/operations/manufacturers-remove.ts';
import type { Performer } from '../operation-call.ts';
import type { OperationResources } from '../operation-resources.ts';
import { manufacturerEvent } from './manufacturer-event.ts';

export const createRemoveManufacturer =
  ({ manufacturers, audit }: Pick<OperationResources, 'manufacturers' | 'audit'>): Performer<typeof manufacturersRemove> =>
  async ({ name, kid }, call) => {
    const isThis = (key: { readonly name: string; readonly kid: string }) => key.name === name && key.kid === kid;
    const key = call.isDryRun ? (await manufacturers.list()).find(isThis) : await manufacturers.remove(name, kid);
    if (key === undefined) throw new OperationError('ERR_NOT_FOUND', `"${name}" has no key ${kid}; look with: muster manufacturers list`);
    if (!call.isDryRun) audit.emit(manufacturerEvent('manufacturer.removed', key, call));
    return { key };
  };
