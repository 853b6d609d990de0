import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import type { RefusedPublishes } from '../../domain/connection/refused-publishes.ts';
import type { WatchStore } from '../../domain/connection/watch-store.ts';
import { thingName } from '../../domain/identifiers.ts';
import { createDynamoDbWatchStore } from './watch-store.ts';

const refusedPublishes = z.object({
  thingName,
  seen: z.array(z.object({ id: z.string(), at: z.number() })),
  suspectedOn: z.exactOptional(z.int()),
  version: z.int(),
});

/** Messages of devices that were refused. */
export const createDynamoDbRefusedPublishStore = (client: DynamoDBClient, tableName: string): WatchStore<RefusedPublishes> =>
  createDynamoDbWatchStore(client, tableName, {
    kind: 'refused-publishes',
    schema: refusedPublishes,
    seenLast: ({ seen }) => seen.at(-1)?.at ?? 0,
  });
