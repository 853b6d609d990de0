import { keyIdOf, type ManufacturerKey } from '../../../domain/manufacturer.ts';
import { OperationError } from '../../../domain/operation-error.ts';
import type { manufacturersAdd } from '../../../domain/operations/manufacturers-add.ts';
import type { Performer } from '../operation-call.ts';
import type { OperationResources } from '../operation-resources.ts';
import { manufacturerEvent } from './manufacturer-event.ts';

/** A key stands for one manufacturer: two that shared one could sign for each other. */
export const createAddManufacturer =
  ({
    manufacturers,
    configuration,
    audit,
  }: Pick<OperationResources, 'manufacturers' | 'configuration' | 'audit'>): Performer<typeof manufacturersAdd> =>
  async ({ key: wanted }, call) => {
    const key: ManufacturerKey = { ...wanted, kid: keyIdOf(wanted.jwk) };
    const lines = configuration.lines.map(({ name }) => name);
    const unknown = key.lines.filter((line) => !lines.includes(line));
    if (unknown.length > 0) throw new OperationError('ERR_INPUT', `There is no line ${unknown.join(', ')}; there are ${lines.join(', ')}.`);
    if (key.notBefore >= key.notAfter) throw new OperationError('ERR_INPUT', 'The key would expire before it is valid; correct its times.');
    const existing = (await manufacturers.list()).find(({ kid }) => kid === key.kid);
    if (existing !== undefined) return settled(existing, key);
    if (call.isDryRun) return { key, outcome: 'created' };
    if ((await manufacturers.add(key)) === 'conflict')
      throw new OperationError('ERR_CONFLICT', 'Somebody else registered this key just now; look with: muster manufacturers list');
    audit.emit(manufacturerEvent('manufacturer.registered', key, call));
    return { key, outcome: 'created' };
  };

const spelled = ({ name, notBefore, notAfter, lines, certificateDigest }: ManufacturerKey): string =>
  JSON.stringify([name, notBefore, notAfter, [...lines].sort(), certificateDigest ?? null]);

const settled = (existing: ManufacturerKey, key: ManufacturerKey): { readonly key: ManufacturerKey; readonly outcome: 'unchanged' } => {
  if (spelled(existing) === spelled(key)) return { key: existing, outcome: 'unchanged' };
  throw new OperationError(
    'ERR_CONFLICT',
    `The key ${key.kid} is registered otherwise, for "${existing.name}"; to change what it may do, remove it first: ` +
      `muster manufacturers remove ${existing.name} --key ${existing.kid}`,
  );
};
