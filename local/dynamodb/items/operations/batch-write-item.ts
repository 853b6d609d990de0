import * as z from 'zod';
import { parseInput } from '../../../gateway/parse-input.ts';
import type { ItemDependencies, ItemOperation } from '../item-dependencies.ts';
import type { Engine } from '../engine.ts';
import { tableNameOf } from '../../table-settings.ts';
import { lockKey } from '../transaction-keys.ts';

const item = z.record(z.string(), z.record(z.string(), z.unknown()));

const write = z.object({ PutRequest: z.object({ Item: item }).optional(), DeleteRequest: z.object({ Key: item }).optional() });

const input = z.looseObject({ RequestItems: z.record(z.string().transform(tableNameOf), z.array(write)) });

type Write = z.output<typeof write>;

interface Placed {
  readonly tableName: string;
  readonly write: Write;
  readonly key: string;
}

const place = async (engine: Engine, tableName: string, writes: readonly Write[]): Promise<readonly Placed[]> => {
  const table = await engine.table(tableName);
  return writes.map((one) => {
    const target = one.PutRequest === undefined ? { key: one.DeleteRequest?.Key ?? {} } : { item: one.PutRequest.Item };
    return { tableName, write: one, key: lockKey(tableName, engine.itemKey(table, target)) };
  });
};

const byTable = (placed: readonly Placed[]): Readonly<Record<string, readonly Write[]>> =>
  Object.fromEntries(
    [...Map.groupBy(placed, ({ tableName }) => tableName)].map(([tableName, group]) => [tableName, group.map(({ write: one }) => one)]),
  );

/**
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html. A write to an item that a
 * transaction holds comes back unprocessed (the API lists no conflict among its errors).
 */
export const batchWriteItem =
  ({ engine, locks }: ItemDependencies): ItemOperation =>
  async (members) => {
    const wanted = parseInput(input, members);
    engine.prepare('BatchWriteItem', wanted, engine.store);
    const placed = (await Promise.all(Object.entries(wanted.RequestItems).map(([name, writes]) => place(engine, name, writes)))).flat();
    const held = placed.filter(({ key }) => locks.isHeld(key));
    const free = placed.filter(({ key }) => !locks.isHeld(key));
    if (free.length === 0) return { UnprocessedItems: byTable(held) };
    const keys = free.map(({ key }) => key);
    const output = await locks.track(keys, () => engine.run('BatchWriteItem', { ...wanted, RequestItems: byTable(free) }));
    return { ...output, UnprocessedItems: byTable(held) };
  };
