import * as z from 'zod';
import type { Account } from '../../account.ts';
import { callAwsJson } from '../../call-aws-json.ts';
import type { ApiService, Caller } from '../../gateway/api-service.ts';
import type { WiredServices } from '../../wire-services.ts';
import { type ExportOptions, leftOut } from './export-options.ts';

/** A service asked by its own API, as the account's root. */
type Ask = (operation: string, input?: object) => Promise<unknown>;

const rootOf = ({ accountId, partition }: Account): Caller => ({
  accountId,
  accessKeyId: 'CONTROL',
  arn: `arn:${partition}:iam::${accountId}:root`,
});

const asking =
  (api: ApiService, targetPrefix: string, account: Account): Ask =>
  (operation, input = {}) =>
    callAwsJson(api, rootOf(account), { target: `${targetPrefix}.${operation}`, input });

/** Every page of a list, by the member that holds it and the one that carries the token on. */
const askAll = async (
  ask: Ask,
  operation: string,
  page: { input?: object; member: string; token: string; next?: string },
): Promise<unknown[]> => {
  const { member, token, next = token, input } = page;
  const found: unknown[] = [];
  let from: unknown;
  do {
    const answer = z
      .record(z.string(), z.unknown())
      .parse(await ask(operation, { ...input, ...(from === undefined ? {} : { [next]: from }) }));
    found.push(...z.array(z.unknown()).parse(answer[member] ?? []));
    from = answer[token];
  } while (from !== undefined && from !== null);
  return found;
};

/** Tables with their items. */
export const exportTables = async ({ dynamodb }: WiredServices, account: Account): Promise<unknown> => {
  const ask = asking(dynamodb.api, 'DynamoDB_20120810', account);
  const names = z
    .array(z.string())
    .parse(await askAll(ask, 'ListTables', { member: 'TableNames', token: 'LastEvaluatedTableName', next: 'ExclusiveStartTableName' }));
  const paging = { member: 'Items', token: 'LastEvaluatedKey', next: 'ExclusiveStartKey' };
  return Promise.all(names.map(async (name) => ({ name, items: await askAll(ask, 'Scan', { input: { TableName: name }, ...paging }) })));
};

/** Queues with their attributes; messages are only counted, because to read them is to receive them. */
export const exportQueues = async ({ sqs }: WiredServices, account: Account): Promise<unknown> => {
  const ask = asking(sqs.api, 'AmazonSQS', account);
  const urls = z.array(z.string()).parse(await askAll(ask, 'ListQueues', { member: 'QueueUrls', token: 'NextToken' }));
  const attributesOf = async (url: string) =>
    z.object({ Attributes: z.unknown() }).parse(await ask('GetQueueAttributes', { QueueUrl: url, AttributeNames: ['All'] })).Attributes;
  return Promise.all(urls.map(async (url) => ({ url, attributes: await attributesOf(url) })));
};

/** Keys by their metadata: key material never leaves KMS, not even here. */
export const exportKeys = async ({ kms }: WiredServices, account: Account): Promise<unknown> => {
  const ask = asking(kms.api, 'TrentService', account);
  const keys = await askAll(ask, 'ListKeys', { member: 'Keys', token: 'NextMarker', next: 'Marker' });
  const ids = z.array(z.object({ KeyId: z.string() })).parse(keys);
  return Promise.all(
    ids.map(async ({ KeyId }) => z.object({ KeyMetadata: z.unknown() }).parse(await ask('DescribeKey', { KeyId })).KeyMetadata),
  );
};

export const exportLogGroups = ({ logs }: WiredServices, account: Account): Promise<unknown> =>
  askAll(asking(logs.api, 'Logs_20140328', account), 'DescribeLogGroups', { member: 'logGroups', token: 'nextToken' });

const functions = z.object({
  Functions: z.array(z.looseObject({ Environment: z.object({ Variables: z.record(z.string(), z.string()) }).optional() })),
});

/** Functions by their configuration; what their variables hold may be secret. */
export const exportFunctions = async ({ lambda }: WiredServices, account: Account, { withSecrets }: ExportOptions): Promise<unknown> => {
  const { body = '{}' } = await lambda.api.handle({
    ...{ method: 'GET', path: '/2015-03-31/functions', query: new URLSearchParams(), headers: {} },
    ...{ body: Buffer.alloc(0), caller: rootOf(account) },
  });
  const listed = functions.parse(JSON.parse(body.toString())).Functions;
  const shown = (variables: Readonly<Record<string, string>> = {}) =>
    withSecrets ? variables : Object.fromEntries(Object.keys(variables).map((name) => [name, leftOut]));
  return listed.map(({ Environment, ...configuration }) => ({ ...configuration, environment: shown(Environment?.Variables) }));
};
