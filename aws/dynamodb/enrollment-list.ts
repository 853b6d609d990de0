import { type DynamoDBClient, QueryCommand, type QueryCommandInput, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Attention } from '../../domain/attention.ts';
import type { EnrollmentFilter, EnrollmentPage, PageRequest } from '../../domain/ports.ts';
import type { Item } from './attribute-values.ts';
import { enrollmentKey, parseEnrollmentItem } from './enrollment-item.ts';
import { readCursor, writeCursor } from './list-cursor.ts';

/** The sparse index of what waits for an operator. */
const ATTENTION_INDEX = 'attention';
/** How many requests one page may cost, where almost nothing is kept of what was read. */
const MAX_REQUESTS = 10;
/** How many items one request reads. */
const ITEMS_READ = 1000;

export interface ListReader {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly filter: EnrollmentFilter;
}

/** Part of all enrollments. */
export const listEnrollments = ({ client, tableName, filter }: ListReader, page: PageRequest): Promise<EnrollmentPage> => {
  // Claims and other records lie between them.
  const ofEnrollments: Clause = { expression: '#sk = :sk', names: { '#sk': 'sk' }, values: { ':sk': { S: 'enrollment' } } };
  const clauses = all([ofEnrollments, ...filterClauses(filter)]);
  const filtering = {
    FilterExpression: clauses.expression,
    ExpressionAttributeNames: clauses.names,
    ExpressionAttributeValues: clauses.values,
  };
  return collect(page, (start) => client.send(new ScanCommand({ TableName: tableName, Limit: ITEMS_READ, ...filtering, ...start })));
};

/** Part of what waits for an operator. */
export const listWaiting = (
  { client, tableName, filter }: ListReader,
  attention: Attention,
  page: PageRequest,
): Promise<EnrollmentPage> => {
  const partition = { attention: { S: attention } };
  const kept = all(filterClauses(filter));
  const query: QueryCommandInput = {
    TableName: tableName,
    IndexName: ATTENTION_INDEX,
    KeyConditionExpression: '#attention = :attention',
    ...(kept.expression === '' ? {} : { FilterExpression: kept.expression }),
    ExpressionAttributeNames: { ...kept.names, '#attention': 'attention' },
    ExpressionAttributeValues: { ...kept.values, ':attention': partition.attention },
    Limit: ITEMS_READ,
  };
  return collect(page, ({ ExclusiveStartKey }) =>
    client.send(new QueryCommand({ ...query, ...(ExclusiveStartKey && { ExclusiveStartKey: { ...ExclusiveStartKey, ...partition } }) })),
  );
};

interface Clause {
  readonly expression: string;
  readonly names: Readonly<Record<string, string>>;
  readonly values: Item;
}

const filterClauses = ({ lines, tenants, states }: EnrollmentFilter): readonly Clause[] => [
  ...isOneOf('line', lines),
  ...isOneOf('tenant', tenants),
  ...isOneOf('state', states),
];

// IN takes up to a hundred values, and none is no expression: a filter that allows nothing keeps nothing.
const isOneOf = (name: string, allowed: readonly string[] | undefined): readonly Clause[] => {
  if (allowed === undefined) return [];
  const values = Object.fromEntries([...new Set(allowed)].map((value, index) => [`:${name}${index}`, { S: value }]));
  const names = { [`#${name}`]: name };
  if (allowed.length === 0) return [{ expression: `attribute_not_exists(#${name})`, names, values: {} }];
  const groups = Array.from({ length: Math.ceil(Object.keys(values).length / 100) }, (_, group) =>
    Object.keys(values).slice(100 * group, 100 * (group + 1)),
  );
  return [{ expression: `(${groups.map((group) => `#${name} IN (${group.join(', ')})`).join(' OR ')})`, names, values }];
};

const all = (clauses: readonly Clause[]): Clause => ({
  expression: clauses.map(({ expression }) => expression).join(' AND '),
  names: Object.assign({}, ...clauses.map(({ names }) => names)) as Record<string, string>,
  values: Object.assign({}, ...clauses.map(({ values }) => values)) as Item,
});

interface Portion {
  readonly Items?: Item[] | undefined;
  readonly LastEvaluatedKey?: Item | undefined;
}

const collect = async (
  { limit, after }: PageRequest,
  read: (start: { readonly ExclusiveStartKey?: Item }) => Promise<Portion>,
): Promise<EnrollmentPage> => {
  const rows = [];
  let start = after === undefined ? undefined : readCursor(after);
  for (let request = 0; request < MAX_REQUESTS && rows.length <= limit; request += 1) {
    const { Items = [], LastEvaluatedKey } = await read(start === undefined ? {} : { ExclusiveStartKey: start });
    rows.push(...Items.map(parseEnrollmentItem));
    start = LastEvaluatedKey;
    if (start === undefined) break;
  }
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  const next = rows.length > limit && last !== undefined ? enrollmentKey(last.thingName) : start;
  return next === undefined ? { rows: kept } : { rows: kept, next: writeCursor(next) };
};
