import { type AttributeValue, BatchWriteItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { type Figure, SAMPLES, median } from '../figure.ts';
import { type ImportWorld, startImportWorld } from '../import-world.ts';

const ROWS = 6000;
/** DynamoDB takes as many items in one BatchWriteItem. */
const ITEMS_AT_ONCE = 25;
/** More were no faster against this endpoint. */
const WRITERS = 8;
const WARM_UP_ROUNDS = 2;

type Item = Record<string, AttributeValue>;

const serialsOf = (round: string): readonly string[] => Array.from({ length: ROWS }, (_, index) => `IMPORT-${round}-${index}`);

const perSecond = async (act: () => Promise<void>): Promise<number> => {
  const begunMs = performance.now();
  await act();
  return ROWS / ((performance.now() - begunMs) / 1000);
};

// The very items that an import wrote, under keys of their own.
const itemsOf = async ({ dynamoDb, tableName }: ImportWorld, round: string): Promise<readonly Item[]> => {
  const items: Item[] = [];
  const wanted = {
    FilterExpression: 'begins_with(serialNumber, :round)',
    ExpressionAttributeValues: { ':round': { S: `IMPORT-${round}-` } },
  };
  for await (const { Items = [] } of paginateScan({ client: dynamoDb }, { TableName: tableName, ...wanted })) items.push(...Items);
  return items.map((item) => ({ ...item, pk: { S: `bare-${item['pk']?.S ?? ''}` } }));
};

const writeBare = async ({ dynamoDb, tableName }: ImportWorld, items: readonly Item[]): Promise<void> => {
  const waiting = [...items];
  const writer = async (): Promise<void> => {
    for (let batch = waiting.splice(0, ITEMS_AT_ONCE); batch.length > 0; batch = waiting.splice(0, ITEMS_AT_ONCE)) {
      const requests = batch.map((Item) => ({ PutRequest: { Item } }));
      const { UnprocessedItems = {} } = await dynamoDb.send(new BatchWriteItemCommand({ RequestItems: { [tableName]: requests } }));
      for (const { PutRequest } of UnprocessedItems[tableName] ?? []) if (PutRequest?.Item !== undefined) waiting.push(PutRequest.Item);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
};

export const importRate: Figure = {
  name: 'import-rate',
  what: 'rows imported per second, checked and on record, against bare BatchWriteItem calls of the same items, in turn',
  unit: 'x',
  limit: { atLeast: 0.7 },
  sample: async () => {
    const world = await startImportWorld();
    try {
      const rates: { imported: number; bare: number }[] = [];
      for (let round = 0; round < WARM_UP_ROUNDS + SAMPLES; round += 1) {
        const imported = await perSecond(() => world.importSerials(serialsOf(String(round))));
        const items = await itemsOf(world, String(round));
        rates.push({ imported, bare: await perSecond(() => writeBare(world, items)) });
      }
      const counted = rates.slice(WARM_UP_ROUNDS);
      const absolute = `${median(counted.map((rate) => rate.imported)).toFixed(0)} rows/s against ${median(counted.map((rate) => rate.bare)).toFixed(0)}`;
      return { values: counted.map((rate) => rate.imported / rate.bare), absolute };
    } finally {
      await world.stop();
    }
  },
};
