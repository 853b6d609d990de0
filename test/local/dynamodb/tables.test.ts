import {
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  GetItemCommand,
  ListTagsOfResourceCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { providerOf, resourceContext } from '../resource-context.ts';
import { testStartMs } from '../service-endpoint.ts';
import type { DynamodbFixture } from './dynamodb-fixture.ts';
import { startDynamodb } from './dynamodb-fixture.ts';

let dynamodb: DynamodbFixture;

beforeAll(async () => {
  dynamodb = await startDynamodb();
});

afterAll(() => dynamodb.stop());

const id = (value: string) => ({ id: { S: value } });

describe('a conditional write that fails', () => {
  test('returns the item when asked', async () => {
    const TableName = await dynamodb.newTable();
    await dynamodb.client.send(new PutItemCommand({ TableName, Item: { ...id('a'), owner: { S: 'x' } } }));
    const put = new PutItemCommand({
      TableName,
      Item: id('a'),
      ConditionExpression: 'attribute_not_exists(id)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    const Item = { ...id('a'), owner: { S: 'x' } };
    await expect(dynamodb.client.send(put)).rejects.toMatchObject({ name: 'ConditionalCheckFailedException', Item });
    const update = new UpdateItemCommand({
      TableName,
      Key: id('a'),
      UpdateExpression: 'SET #o = :y',
      ConditionExpression: '#o = :y',
      ExpressionAttributeNames: { '#o': 'owner' },
      ExpressionAttributeValues: { ':y': { S: 'y' } },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    await expect(dynamodb.client.send(update)).rejects.toMatchObject({ name: 'ConditionalCheckFailedException', Item });
  });
});

describe('time to live', () => {
  const expiresAt = (ms: number) => ({ expires: { N: String(Math.floor(ms / 1000)) } });
  const isThere = async (TableName: string, value: string): Promise<boolean> =>
    (await dynamodb.client.send(new GetItemCommand({ TableName, Key: id(value) }))).Item !== undefined;

  test('deletes late: an expired item is still read for two days', async () => {
    const TableName = await dynamodb.newTable();
    const TimeToLiveSpecification = { AttributeName: 'expires', Enabled: true };
    await dynamodb.client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
    const now = dynamodb.clock.now();
    const items = [
      { ...id('soon'), ...expiresAt(now + 60_000) },
      { ...id('later'), ...expiresAt(now + 30 * 86_400_000) },
      { ...id('text'), expires: { S: '1' } },
      { ...id('ancient'), expires: { N: '1' } },
      id('never'),
    ];
    for (const Item of items) await dynamodb.client.send(new PutItemCommand({ TableName, Item }));
    dynamodb.clock.advance(47 * 3_600_000);
    await dynamodb.service.sweepExpired();
    expect(await isThere(TableName, 'soon')).toBe(true);
    dynamodb.clock.advance(2 * 3_600_000);
    await dynamodb.service.sweepExpired();
    expect(await isThere(TableName, 'soon')).toBe(false);
    expect(await Promise.all(['later', 'text', 'ancient', 'never'].map((value) => isThere(TableName, value)))).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  test('cannot be switched twice within an hour, nor on twice', async () => {
    const TableName = await dynamodb.newTable();
    const set = (Enabled: boolean) =>
      dynamodb.client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { AttributeName: 'expires', Enabled } }));
    await set(true);
    await expect(set(true)).rejects.toThrow('TimeToLive is already enabled');
    await expect(set(false)).rejects.toThrow('modified multiple times');
    dynamodb.clock.advance(3_600_000);
    await set(false);
    await expect(dynamodb.client.send(new DescribeTimeToLiveCommand({ TableName }))).resolves.toMatchObject({
      TimeToLiveDescription: { TimeToLiveStatus: 'DISABLED' },
    });
  });
});

describe('deletion protection', () => {
  test('refuses to delete the table until it is lifted', async () => {
    const TableName = await dynamodb.newTable();
    await dynamodb.client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: true }));
    await expect(dynamodb.client.send(new DeleteTableCommand({ TableName }))).rejects.toMatchObject({ name: 'ValidationException' });
    await dynamodb.client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: false }));
    await dynamodb.client.send(new DeleteTableCommand({ TableName }));
  });
});

describe('CloudFormation', () => {
  const keyed = {
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: ['pk', 'sk', 'gsi'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    BillingMode: 'PAY_PER_REQUEST',
    GlobalSecondaryIndexes: [
      { IndexName: 'by-gsi', KeySchema: [{ AttributeName: 'gsi', KeyType: 'HASH' }], Projection: { ProjectionType: 'ALL' } },
    ],
  };

  const secured = {
    ...keyed,
    DeletionProtectionEnabled: true,
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: 'arn:aws:kms:eu-central-1:123456789012:key/1' },
    TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
    Tags: [{ Key: 'app', Value: 'test' }],
  };

  test('makes a table as the CDK’s Table describes it', async () => {
    const tables = providerOf(dynamodb.service.resources, 'AWS::DynamoDB::Table');
    const state = await tables.create(secured, resourceContext('Table'));
    const TableName = state.physicalId;
    const { Table } = await dynamodb.client.send(new DescribeTableCommand({ TableName }));
    expect(Table).toMatchObject({
      TableStatus: 'ACTIVE',
      TableArn: state.attributes['Arn'],
      CreationDateTime: new Date(dynamodb.clock.now()),
      DeletionProtectionEnabled: true,
      SSEDescription: { Status: 'ENABLED', SSEType: 'KMS' },
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    });
    const backups = await dynamodb.client.send(new DescribeContinuousBackupsCommand({ TableName }));
    expect(backups.ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus).toBe('ENABLED');
    const { Tags } = await dynamodb.client.send(new ListTagsOfResourceCommand({ ResourceArn: Table?.TableArn }));
    expect(Tags).toEqual([{ Key: 'app', Value: 'test' }]);
    await dynamodb.client.send(new PutItemCommand({ TableName, Item: { pk: { S: '1' }, sk: { S: '2' }, gsi: { S: 'g' } } }));
    const query = new QueryCommand({
      TableName,
      IndexName: 'by-gsi',
      KeyConditionExpression: 'gsi = :g',
      ExpressionAttributeValues: { ':g': { S: 'g' } },
    });
    expect((await dynamodb.client.send(query)).Count).toBe(1);
    await expect(tables.delete(state, secured, resourceContext())).rejects.toThrow('protected against deletion');
    const unprotected = { ...secured, DeletionProtectionEnabled: false, Tags: [] };
    await tables.update(state, { from: secured, to: unprotected }, resourceContext());
    await tables.delete(state, unprotected, resourceContext());
    await expect(dynamodb.client.send(new DescribeTableCommand({ TableName })))
      .resolves.toMatchObject({ Table: { TableStatus: 'DELETING' } })
      .catch(() => undefined);
    await tables.delete(state, unprotected, resourceContext());
  });

  test('makes a table as the CDK’s TableV2 describes it, in the one region', async () => {
    const tables = providerOf(dynamodb.service.resources, 'AWS::DynamoDB::GlobalTable');
    const replica = {
      Region: 'eu-central-1',
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { KMSMasterKeyId: 'arn:aws:kms:eu-central-1:123456789012:key/1' },
      GlobalSecondaryIndexes: [{ IndexName: 'by-gsi' }],
    };
    const properties = { ...keyed, SSESpecification: { SSEEnabled: true, SSEType: 'KMS' }, Replicas: [replica] };
    const state = await tables.create(properties, resourceContext('Global'));
    const { Table } = await dynamodb.client.send(new DescribeTableCommand({ TableName: state.physicalId }));
    expect(Table).toMatchObject({ DeletionProtectionEnabled: true, SSEDescription: { Status: 'ENABLED' } });
    expect(Table?.CreationDateTime?.getTime()).toBeGreaterThanOrEqual(testStartMs);
    const abroad = { ...properties, Replicas: [replica, { ...replica, Region: 'us-east-1' }] };
    await expect(tables.create(abroad, resourceContext('Abroad'))).rejects.toThrow('us-east-1');
  });

  test('refuses streams, by name', async () => {
    const tables = providerOf(dynamodb.service.resources, 'AWS::DynamoDB::Table');
    const streaming = { ...keyed, StreamSpecification: { StreamViewType: 'NEW_IMAGE' } };
    await expect(tables.create(streaming, resourceContext())).rejects.toThrow('StreamSpecification');
  });
});
