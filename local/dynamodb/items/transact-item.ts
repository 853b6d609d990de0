import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { EngineOperation } from './dynalite-modules.ts';
import type { Item } from './dynalite-store.ts';
import { tableNameOf } from '../table-settings.ts';

const item = z.record(z.string(), z.record(z.string(), z.unknown()));

const action = z.object({
  TableName: z.string().transform(tableNameOf),
  ConditionExpression: z.string().optional(),
  ExpressionAttributeNames: z.record(z.string(), z.string()).optional(),
  ExpressionAttributeValues: item.optional(),
  ReturnValuesOnConditionCheckFailure: z.enum(['ALL_OLD', 'NONE']).default('NONE'),
});

const keyed = action.extend({ Key: item });

export const transactItem = z.object({
  ConditionCheck: keyed.extend({ ConditionExpression: z.string() }).optional(),
  Put: action.extend({ Item: item }).optional(),
  Update: keyed.extend({ UpdateExpression: z.string() }).optional(),
  Delete: keyed.optional(),
});

/** One write, or check, of a transaction, as the engine runs it. */
export interface TransactAction {
  readonly operation: EngineOperation;
  readonly tableName: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly target: { readonly item: Item } | { readonly key: Item };
  /** Nothing may be written. */
  readonly isCheck: boolean;
  readonly returnsItemOnFailure: boolean;
}

const operations = { ConditionCheck: 'DeleteItem', Put: 'PutItem', Update: 'UpdateItem', Delete: 'DeleteItem' } as const;

const kinds = ['ConditionCheck', 'Put', 'Update', 'Delete'] as const;

/** What is to be done with an item. Throws `ValidationException` unless exactly one thing is. */
export const actionOf = (wanted: z.output<typeof transactItem>): TransactAction => {
  const given = kinds.flatMap((kind) => {
    const members = wanted[kind];
    return members === undefined ? [] : [{ kind, members }];
  });
  const [first] = given;
  if (first === undefined || given.length > 1) {
    throw new AwsError('ValidationException', 'TransactItems can only contain one of Check, Put, Update or Delete');
  }
  const { kind, members } = first;
  const { ReturnValuesOnConditionCheckFailure, ...input } = members;
  return {
    operation: operations[kind],
    tableName: members.TableName,
    input,
    target: 'Item' in members ? { item: members.Item } : { key: members.Key },
    isCheck: kind === 'ConditionCheck',
    returnsItemOnFailure: ReturnValuesOnConditionCheckFailure === 'ALL_OLD',
  };
};
