import { BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Item } from './attribute-values.ts';
import { BatchReadError } from './batch-read-error.ts';

/** Waits before the next try; `attempt` counts from 1. */
export type Pause = (attempt: number) => Promise<void>;

export interface BatchReader {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly pause: Pause;
}

/** DynamoDB takes a hundred keys in one BatchGetItem. */
const MAX_KEYS = 100;
const MAX_ATTEMPTS = 6;

/**
 * Strongly consistent reads of distinct keys, a hundred per request; keys that DynamoDB gave back unprocessed are asked
 * for again. The order of the answer is not that of the keys.
 * @throws BatchReadError when keys are still unprocessed after the last try.
 */
export const readItems = async (reader: BatchReader, keys: readonly Item[], signal?: AbortSignal): Promise<Item[]> => {
  const found: Item[] = [];
  for (let start = 0; start < keys.length; start += MAX_KEYS) {
    found.push(...(await readHundred(reader, keys.slice(start, start + MAX_KEYS), signal)));
  }
  return found;
};

const readHundred = async ({ client, tableName, pause }: BatchReader, keys: readonly Item[], signal?: AbortSignal): Promise<Item[]> => {
  const found: Item[] = [];
  let wanted = [...keys];
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const command = new BatchGetItemCommand({ RequestItems: { [tableName]: { Keys: wanted, ConsistentRead: true } } });
    const answer = await client.send(command, signal === undefined ? {} : { abortSignal: signal });
    found.push(...(answer.Responses?.[tableName] ?? []));
    wanted = answer.UnprocessedKeys?.[tableName]?.Keys ?? [];
    if (wanted.length === 0) return found;
    await pause(attempt);
  }
  throw new BatchReadError(tableName, wanted.length);
};
