import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateTableCommand, DynamoDBClient, GetItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import type { GuardedAccount, TestCredentials } from './guarded-account.ts';
import { startGuardedAccount } from './guarded-account.ts';

let aws: GuardedAccount;
beforeAll(async () => {
  aws = await startGuardedAccount();
});
afterAll(() => aws.stop());

const forAccount = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::123456789012:root' }, Action: 'kms:*', Resource: '*' };

const newKey = async (...statements: readonly object[]): Promise<string> => {
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [forAccount, ...statements] });
  return (await new KMSClient(aws.config()).send(new CreateKeyCommand({ Policy }))).KeyMetadata?.Arn ?? '';
};

const allow = (Action: string | readonly string[], Condition?: object): object => ({
  ...{ Effect: 'Allow', Action, Resource: '*' },
  ...(Condition === undefined ? {} : { Condition }),
});

describe('a table that is encrypted with a key of the account', () => {
  const TableName = 'secrets';

  beforeAll(async () => {
    const KMSMasterKeyId = await newKey();
    await new DynamoDBClient(aws.config()).send(
      new CreateTableCommand({
        TableName,
        KeySchema: [{ AttributeName: 'k', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'k', AttributeType: 'S' }],
        BillingMode: 'PAY_PER_REQUEST',
        SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId },
      }),
    );
  });

  const get = (credentials: TestCredentials): Promise<unknown> =>
    new DynamoDBClient(aws.config(credentials)).send(new GetItemCommand({ TableName, Key: { k: { S: '1' } } }));

  test('is read by whoever may use the key through DynamoDB', async () => {
    const through = { StringEquals: { 'kms:ViaService': 'dynamodb.us-east-1.amazonaws.com' } };
    const { credentials } = await aws.user(allow('dynamodb:GetItem'), allow('kms:Decrypt', through));
    await get(credentials);
  });

  test.each([
    ['may not use its key', []],
    ['may use it through another service', [allow('kms:Decrypt', { StringEquals: { 'kms:ViaService': 'sqs.us-east-1.amazonaws.com' } })]],
    ['may use it for another table', [allow('kms:Decrypt', { StringEquals: { 'kms:EncryptionContext:aws:dynamodb:tableName': 'other' } })]],
  ])('is not read by whoever %s', async (_name, statements) => {
    const { credentials } = await aws.user(allow('dynamodb:*'), ...statements);
    await expect(get(credentials)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('kms:Decrypt') as string,
    });
  });

  test('is not written in a transaction without it either', async () => {
    const { credentials } = await aws.user(allow('dynamodb:*'));
    const write = new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName, Item: { k: { S: '1' } } } }] });
    await expect(new DynamoDBClient(aws.config(credentials)).send(write)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});

describe('a log group', () => {
  const create = (logGroupName: string, kmsKeyId: string): Promise<unknown> =>
    new CloudWatchLogsClient(aws.config()).send(new CreateLogGroupCommand({ logGroupName, kmsKeyId }));

  test('takes a key that lets CloudWatch Logs use it for log groups of the account', async () => {
    const statement = {
      ...{ Effect: 'Allow', Principal: { Service: 'logs.us-east-1.amazonaws.com' }, Action: 'kms:*', Resource: '*' },
      Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': 'arn:aws:logs:us-east-1:123456789012:log-group:ours*' } },
    };
    const key = await newKey(statement);
    await create('ours', key);
    await expect(create('theirs', key)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  test('takes no key that does not let it, nor one that is not there', async () => {
    await expect(create('shut', await newKey())).rejects.toMatchObject({
      message: expect.stringContaining('is not allowed to be used') as string,
    });
    await expect(create('none', 'arn:aws:kms:us-east-1:123456789012:key/none')).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });
});
