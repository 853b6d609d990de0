import * as z from 'zod';
import { parseInput } from '../../../gateway/parse-input.ts';
import { conflict, noReason, transactionCanceled } from '../cancellation.ts';
import { transactionCapacity } from '../consumed-capacity.ts';
import type { ItemDependencies, ItemOperation } from '../item-dependencies.ts';
import { tableNameOf } from '../../table-settings.ts';
import { lockKeys } from '../transaction-keys.ts';

const get = z.object({
  TableName: z.string().transform(tableNameOf),
  Key: z.record(z.string(), z.record(z.string(), z.unknown())),
  ProjectionExpression: z.string().optional(),
  ExpressionAttributeNames: z.record(z.string(), z.string()).optional(),
});

const input = z.object({
  TransactItems: z
    .array(z.object({ Get: get }))
    .min(1)
    .max(100),
  ReturnConsumedCapacity: z.enum(['INDEXES', 'TOTAL', 'NONE']).default('NONE'),
});

const itemOnly = z.object({ Item: z.unknown().optional() });

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactGetItems.html: all of them as of one moment, or none. */
export const transactGetItems =
  ({ engine, locks }: ItemDependencies): ItemOperation =>
  async (members) => {
    const { TransactItems, ReturnConsumedCapacity } = parseInput(input, members);
    const gets = TransactItems.map(({ Get }) => Get);
    const reads = gets.map((Get) =>
      engine.prepare('GetItem', { ...Get, ConsistentRead: true, ReturnConsumedCapacity: 'TOTAL' }, engine.store),
    );
    const keys = await lockKeys(
      engine,
      gets.map(({ TableName, Key }) => ({ tableName: TableName, target: { key: Key } })),
    );
    if (keys.some((key) => locks.isBusy(key))) throw transactionCanceled(keys.map((key) => (locks.isBusy(key) ? conflict : noReason)));
    const outputs = await locks.track(keys, () => Promise.all(reads.map((read) => read())));
    return { Responses: outputs.map((output) => itemOnly.parse(output)), ...transactionCapacity(outputs, ReturnConsumedCapacity) };
  };
