import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import type { TakeOverStore } from '../../domain/connection/take-over-ports.ts';
import { thingName } from '../../domain/identifiers.ts';
import { createDynamoDbWatchStore } from './watch-store.ts';

const takeOvers = z.object({
  thingName,
  principal: z.string(),
  held: z.array(z.object({ since: z.number(), address: z.string() })),
  suspectedOn: z.exactOptional(z.int()),
  version: z.int(),
});

/** Take-overs of connections. */
export const createDynamoDbTakeOverStore = (client: DynamoDBClient, tableName: string): TakeOverStore =>
  createDynamoDbWatchStore(client, tableName, { kind: 'take-overs', schema: takeOvers, seenLast: ({ held }) => held.at(-1)?.since ?? 0 });
