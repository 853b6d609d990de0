import { AwsError } from '../../aws-error.ts';
import { isObstacle, noReason, transactionCanceled } from './cancellation.ts';
import type { CancellationReason } from './cancellation.ts';
import type { Item } from './dynalite-store.ts';
import type { Engine } from './engine.ts';

interface Targeting {
  readonly tableName: string;
  readonly target: { readonly item: Item } | { readonly key: Item };
}

/** The name under which an item is locked. */
export const lockKey = (tableName: string, itemKey: string): string => `${tableName}\n${itemKey}`;

type Found = { readonly key: string } | { readonly reason: CancellationReason };

const find = async (engine: Engine, { tableName, target }: Targeting): Promise<Found> => {
  const table = await engine.table(tableName);
  try {
    return { key: lockKey(tableName, engine.itemKey(table, target)) };
  } catch (thrown) {
    if (!(thrown instanceof AwsError)) throw thrown;
    return { reason: { Code: 'ValidationError', Message: thrown.message } };
  }
};

/**
 * The locks that a transaction needs, one per item in its order. Refuses a transaction that names an item twice, and
 * cancels one with a key that does not fit its table.
 */
export const lockKeys = async (engine: Engine, targets: readonly Targeting[]): Promise<readonly string[]> => {
  const found = await Promise.all(targets.map((target) => find(engine, target)));
  const reasons = found.map((each) => ('reason' in each ? each.reason : noReason));
  if (reasons.some(isObstacle)) throw transactionCanceled(reasons);
  const keys = found.flatMap((each) => ('key' in each ? [each.key] : []));
  if (new Set(keys).size === keys.length) return keys;
  throw new AwsError('ValidationException', 'Transaction request cannot include multiple operations on one item');
};
