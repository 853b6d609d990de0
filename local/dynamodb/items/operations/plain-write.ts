import * as z from 'zod';
import { AwsError } from '../../../aws-error.ts';
import { parseInput } from '../../../gateway/parse-input.ts';
import type { Item } from '../dynalite-store.ts';
import type { ItemDependencies, ItemOperation } from '../item-dependencies.ts';
import { observeReads } from '../observed-store.ts';
import { tableNameOf } from '../../table-settings.ts';
import { lockKey } from '../transaction-keys.ts';

type WriteOperation = 'PutItem' | 'UpdateItem' | 'DeleteItem';

const item = z.record(z.string(), z.record(z.string(), z.unknown()));

const input = z.object({
  TableName: z.string().transform(tableNameOf),
  ReturnValuesOnConditionCheckFailure: z.enum(['ALL_OLD', 'NONE']).default('NONE'),
  Item: item.default({}),
  Key: item.default({}),
});

const withItem = (thrown: unknown, existing: Item | undefined): unknown => {
  if (!(thrown instanceof AwsError) || thrown.code !== 'ConditionalCheckFailedException' || existing === undefined) return thrown;
  return new AwsError(thrown.code, thrown.message, { status: thrown.status, members: { Item: existing } });
};

/** A write of one item that no transaction holds: `PutItem`, `UpdateItem` or `DeleteItem`. */
export const plainWrite =
  (operation: WriteOperation, { engine, locks }: ItemDependencies): ItemOperation =>
  async (members) => {
    const { TableName, ReturnValuesOnConditionCheckFailure, Item, Key } = parseInput(input, members);
    const observed = observeReads(engine.store);
    const run = engine.prepare(operation, { ...members, TableName }, observed.store);
    const table = await engine.table(TableName);
    const key = lockKey(TableName, engine.itemKey(table, operation === 'PutItem' ? { item: Item } : { key: Key }));
    try {
      return await locks.write(key, run);
    } catch (thrown) {
      throw ReturnValuesOnConditionCheckFailure === 'ALL_OLD' ? withItem(thrown, observed.existing()) : thrown;
    }
  };
