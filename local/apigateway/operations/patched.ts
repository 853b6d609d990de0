import type { OperationInput } from '../../gateway/operation.ts';

/** The settings with the changes that an update gives: what it does not name stays, what it names as undefined gets its default. */
export const patched = (settings: object, changes: OperationInput): object => {
  const dropped = new Set(Object.keys(changes));
  const kept = Object.entries(settings).filter(([name]) => !dropped.has(name));
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  return Object.fromEntries([...kept, ...given]);
};
