import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Item, TableRecord } from './dynalite-store.ts';

const indexes = z.array(z.object({ IndexName: z.string(), KeySchema: z.array(z.object({ AttributeName: z.string() })) })).default([]);

const record = z.object({ GlobalSecondaryIndexes: indexes, LocalSecondaryIndexes: indexes });

const isEmptyText = (value: unknown): boolean => typeof value === 'object' && value !== null && 'S' in value && value.S === '';

/** Attributes at the top of an item that are empty texts: nearly always none. */
const emptyAttributes = (item: Item): readonly string[] =>
  Object.entries(item).flatMap(([name, value]) => (isEmptyText(value) ? [name] : []));

/** An item that is written whole, or as far as an update names its attributes. */
interface WrittenItem {
  readonly tableName: string;
  readonly names: readonly string[];
}

const update = z.object({ sections: z.array(z.object({ path: z.array(z.union([z.string(), z.number()])), val: z.unknown() })) });

const written = z.object({
  TableName: z.string().optional(),
  Item: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
  _updates: update.optional(),
  RequestItems: z
    .record(
      z.string(),
      z.array(z.object({ PutRequest: z.object({ Item: z.record(z.string(), z.record(z.string(), z.unknown())) }).nullish() })),
    )
    .optional(),
});

/** Where an operation writes empty texts; its input is one that dynalite has checked. */
export const emptyTextsIn = (operation: string, checked: unknown): readonly WrittenItem[] => {
  if (!['PutItem', 'UpdateItem', 'BatchWriteItem'].includes(operation)) return [];
  const parsed = written.safeParse(checked);
  if (!parsed.success) return [];
  const { TableName: tableName = '', Item: item = {}, _updates, RequestItems = {} } = parsed.data;
  const updated = _updates?.sections.flatMap(({ path, val }) => (path.length === 1 && isEmptyText(val) ? [String(path[0])] : [])) ?? [];
  const batch = Object.entries(RequestItems).flatMap(([table, requests]) =>
    requests.map(({ PutRequest }) => ({ tableName: table, names: emptyAttributes(PutRequest?.Item ?? {}) })),
  );
  return [{ tableName, names: [...emptyAttributes(item), ...updated] }, ...batch].filter(({ names }) => names.length > 0);
};

/** API Reference, PutItem: an attribute that is a key of an index may be absent, but not an empty text. */
export const refuseEmptyIndexKey = (table: TableRecord, names: readonly string[]): void => {
  const { GlobalSecondaryIndexes, LocalSecondaryIndexes } = record.parse(table);
  for (const { IndexName, KeySchema } of [...GlobalSecondaryIndexes, ...LocalSecondaryIndexes]) {
    const key = KeySchema.find(({ AttributeName }) => names.includes(AttributeName))?.AttributeName;
    if (key === undefined) continue;
    throw new AwsError(
      'ValidationException',
      `One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: ${IndexName}, IndexKey: ${key}`,
    );
  }
};
