import * as z from 'zod';
import { parseInput } from '../../../gateway/parse-input.ts';
import type { ItemDependencies, ItemOperation } from '../item-dependencies.ts';
import { tableNameOf } from '../../table-settings.ts';

const ofTable = z.looseObject({ TableName: z.string().transform(tableNameOf) });

/** `GetItem`, `Query` or `Scan`: what the engine answers. */
export const read =
  (operation: 'GetItem' | 'Query' | 'Scan', { engine }: ItemDependencies): ItemOperation =>
  async (members) =>
    engine.run(operation, parseInput(ofTable, members));

const batch = z.looseObject({ RequestItems: z.record(z.string().transform(tableNameOf), z.unknown()) });

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
export const batchGetItem =
  ({ engine }: ItemDependencies): ItemOperation =>
  async (members) =>
    engine.run('BatchGetItem', parseInput(batch, members));
