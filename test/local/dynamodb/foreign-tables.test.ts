import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { createDynamodbService } from '../../../local/dynamodb/dynamodb-service.ts';
import type { ApiService } from '../../../local/gateway/api-service.ts';
import { ForeignService } from '../../../local/handoff/foreign-service.ts';
import { providerOf, resourceContext } from '../resource-context.ts';
import { serve, testAccount } from '../service-endpoint.ts';
import type { DynamodbFixture } from './dynamodb-fixture.ts';
import { startDynamodb } from './dynamodb-fixture.ts';

const caller = { accountId: testAccount.accountId, accessKeyId: 'any', arn: 'arn:aws:iam::123456789012:root' };

/** A DynamoDB that checks no signatures, as DynamoDB Local does not. */
const startUnchecked = async ({ handle }: Pick<ApiService, 'handle'>) => {
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
      const request = { method: 'POST', path: '/', query: new URLSearchParams(), headers, body: Buffer.concat(chunks), caller };
      void handle(request).then(({ status, headers: answered, body }) => {
        outgoing.writeHead(status, answered).end(body);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}`, stop };
};

const foreignTables = (url: string) => new ForeignService('dynamodb', { url }, { account: testAccount, clock: other.clock });

let other: DynamodbFixture;

beforeAll(async () => {
  other = await startDynamodb();
});

afterAll(() => other.stop());

describe('another DynamoDB, given by its endpoint', () => {
  test('gets every request, and its refusals come back as they are', async () => {
    const remote = await startUnchecked(other.service.api);
    const service = createDynamodbService({ account: testAccount, clock: other.clock, foreign: foreignTables(remote.url) });
    const front = await serve(service.api);
    const client = new DynamoDBClient(front.config);
    const TableName = await other.newTable();
    await client.send(new PutItemCommand({ TableName, Item: { id: { S: 'a' } } }));
    const Key = { id: { S: 'a' } };
    expect((await other.client.send(new GetItemCommand({ TableName, Key }))).Item).toEqual(Key);
    const bad = new CreateTableCommand({ TableName, AttributeDefinitions: [], KeySchema: [], BillingMode: 'PAY_PER_REQUEST' });
    await expect(client.send(bad)).rejects.toMatchObject({ name: 'ValidationException' });
    const tables = providerOf(service.resources, 'AWS::DynamoDB::Table');
    const properties = {
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    };
    const state = await tables.create(properties, resourceContext('Remote'));
    await tables.delete(state, properties, resourceContext());
    client.destroy();
    await front.stop();
    remote.stop();
  });

  test('may lack point-in-time recovery', async () => {
    const body = JSON.stringify({ __type: 'com.amazon.coral.service#UnknownOperationException', message: '' });
    const remote = await startUnchecked({
      handle: (request) =>
        request.headers['x-amz-target']?.endsWith('UpdateContinuousBackups') === true
          ? Promise.resolve({ status: 400, body })
          : other.service.api.handle(request),
    });
    const service = createDynamodbService({ account: testAccount, clock: other.clock, foreign: foreignTables(remote.url) });
    const properties = {
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    };
    const state = await providerOf(service.resources, 'AWS::DynamoDB::Table').create(properties, resourceContext('Plain'));
    expect(state.attributes).toHaveProperty('Arn');
    remote.stop();
  });

  test('that is not there is named', async () => {
    const service = createDynamodbService({ account: testAccount, clock: other.clock, foreign: foreignTables('http://127.0.0.1:1') });
    const front = await serve(service.api);
    const client = new DynamoDBClient(front.config);
    const get = new GetItemCommand({ TableName: 'table', Key: { id: { S: 'a' } } });
    await expect(client.send(get)).rejects.toThrow('dynamodb at http://127.0.0.1:1 does not answer');
    client.destroy();
    await front.stop();
  });
});
