import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation, OperationInput } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { Item } from '../dynalite-store.ts';
import type { DynamoDependencies } from '../dynamodb-dependencies.ts';
import type { Engine } from '../engine.ts';
import { observeReads } from '../observed-store.ts';
import { tableNameOf } from '../table-settings.ts';
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
  return new AwsError(thrown.code, thrown.message, thrown.status, { Item: existing });
};

const write = async (engine: Engine, operation: WriteOperation, members: OperationInput, returnsItem: boolean): Promise<object> => {
  const observed = observeReads(engine.store);
  const run = engine.prepare(operation, members, observed.store);
  try {
    return await run();
  } catch (thrown) {
    throw returnsItem ? withItem(thrown, observed.existing()) : thrown;
  }
};

/** A write of one item that no transaction holds: `PutItem`, `UpdateItem` or `DeleteItem`. */
export const plainWrite =
  (operation: WriteOperation, { engine: open, locks }: DynamoDependencies): Operation =>
  async (members) => {
    const engine = await open();
    const { TableName, ReturnValuesOnConditionCheckFailure, Item, Key } = parseInput(input, members);
    const named = { ...members, TableName };
    // Without this, a malformed request would be refused for its key instead of its syntax.
    engine.prepare(operation, named, engine.store);
    const table = await engine.table(TableName);
    const key = lockKey(TableName, engine.itemKey(table, operation === 'PutItem' ? { item: Item } : { key: Key }));
    return locks.write(key, () => write(engine, operation, named, ReturnValuesOnConditionCheckFailure === 'ALL_OLD'));
  };
