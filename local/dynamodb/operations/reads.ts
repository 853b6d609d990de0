import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { DynamoDependencies } from '../dynamodb-dependencies.ts';
import { tableNameOf } from '../table-settings.ts';

const ofTable = z.looseObject({ TableName: z.string().transform(tableNameOf) });

/** `GetItem`, `Query` or `Scan`: what the engine answers. */
export const read =
  (operation: 'GetItem' | 'Query' | 'Scan', { engine: open }: DynamoDependencies): Operation =>
  async (members) =>
    (await open()).run(operation, parseInput(ofTable, members));

const batch = z.looseObject({ RequestItems: z.record(z.string().transform(tableNameOf), z.unknown()) });

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
export const batchGetItem =
  ({ engine: open }: DynamoDependencies): Operation =>
  async (members) =>
    (await open()).run('BatchGetItem', parseInput(batch, members));

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTables.html */
export const listTables =
  ({ engine: open }: DynamoDependencies): Operation =>
  async (members) =>
    (await open()).run('ListTables', members);
