import { CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateThingCommand, IoTClient } from '@aws-sdk/client-iot';
import { CreateKeyCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CloudWatchLogsClient, PutRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateBucketCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { GuardedAccount } from './guarded-account.ts';
import { startGuardedAccount } from './guarded-account.ts';

let aws: GuardedAccount;
beforeAll(async () => {
  aws = await startGuardedAccount();
});
afterAll(() => aws.stop());

const config = (...credentials: Parameters<GuardedAccount['config']>) => aws.config(...credentials);

const userWith = async (...statements: readonly object[]) => {
  const { arn, credentials } = await aws.user(...statements);
  return { arn, config: config(credentials) };
};

const refusal = (arn: string, action: string, resource: string): string =>
  `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;

describe('a user without policies', () => {
  test('is told what is missing, in the words and the protocol of each service', async () => {
    const { arn, config: of } = await userWith();
    await new SQSClient(config()).send(new CreateQueueCommand({ QueueName: 'q' }));
    await new S3Client(config()).send(new CreateBucketCommand({ Bucket: 'bucket' }));
    const QueueUrl = `${config().endpoint}/123456789012/q`;
    const local = 'us-east-1:123456789012';
    await expect(new DynamoDBClient(of).send(new GetItemCommand({ TableName: 't', Key: { k: { S: '1' } } }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: refusal(arn, 'dynamodb:GetItem', `arn:aws:dynamodb:${local}:table/t`),
      $metadata: { httpStatusCode: 400 },
    });
    await expect(new IoTClient(of).send(new CreateThingCommand({ thingName: 'x' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: refusal(arn, 'iot:CreateThing', `arn:aws:iot:${local}:thing/x`),
    });
    await expect(new LambdaClient(of).send(new InvokeCommand({ FunctionName: 'f', Qualifier: 'live' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: refusal(arn, 'lambda:InvokeFunction', `arn:aws:lambda:${local}:function:f:live`),
    });
    await expect(new SQSClient(of).send(new SendMessageCommand({ QueueUrl, MessageBody: 'm' }))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: refusal(arn, 'sqs:sendmessage', `arn:aws:sqs:${local}:q`),
    });
    await expect(new S3Client(of).send(new GetObjectCommand({ Bucket: 'bucket', Key: 'a/b' }))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: refusal(arn, 's3:GetObject', '"arn:aws:s3:::bucket/a/b"'),
    });
    await expect(new SSMClient(of).send(new GetParameterCommand({ Name: '/a/b' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: refusal(arn, 'ssm:GetParameter', `arn:aws:ssm:${local}:parameter/a/b`),
    });
    await expect(
      new CloudWatchLogsClient(of).send(new PutRetentionPolicyCommand({ logGroupName: 'g', retentionInDays: 1 })),
    ).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: refusal(arn, 'logs:PutRetentionPolicy', `arn:aws:logs:${local}:log-group:g:log-stream:`),
    });
    await expect(new IAMClient(of).send(new CreateUserCommand({ UserName: 'x' }))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: refusal(arn, 'iam:CreateUser', 'arn:aws:iam::123456789012:user/x'),
    });
    const { TopicArn } = await new SNSClient(config()).send(new CreateTopicCommand({ Name: 't' }));
    await expect(new SNSClient(of).send(new PublishCommand({ TopicArn, Message: 'm' }))).rejects.toMatchObject({
      name: 'AuthorizationErrorException',
      message: refusal(arn, 'SNS:Publish', `arn:aws:sns:${local}:t`),
    });
  });

  test('may ask who it is', async () => {
    const { arn, config: of } = await userWith();
    expect(await new STSClient(of).send(new GetCallerIdentityCommand({}))).toMatchObject({ Arn: arn });
  });
});

describe('an identity policy', () => {
  test('lets a user do what it allows, and that alone', async () => {
    const { config: of } = await userWith({
      Effect: 'Allow',
      Action: 'dynamodb:PutItem',
      Resource: 'arn:aws:dynamodb:us-east-1:123456789012:table/own',
    });
    const KeySchema = [{ AttributeName: 'k', KeyType: 'HASH' as const }];
    const AttributeDefinitions = [{ AttributeName: 'k', AttributeType: 'S' as const }];
    await new DynamoDBClient(config()).send(
      new CreateTableCommand({ TableName: 'own', KeySchema, AttributeDefinitions, BillingMode: 'PAY_PER_REQUEST' }),
    );
    const client = new DynamoDBClient(of);
    await client.send(new PutItemCommand({ TableName: 'own', Item: { k: { S: '1' } } }));
    await expect(client.send(new GetItemCommand({ TableName: 'own', Key: { k: { S: '1' } } }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });
});

describe('a key policy', () => {
  const identityAllow = { Effect: 'Allow', Action: 'kms:Encrypt', Resource: '*' };
  const keyOf = async (Statement: readonly object[]): Promise<string> => {
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
    const { KeyMetadata } = await new KMSClient(config()).send(new CreateKeyCommand({ Policy, BypassPolicyLockoutSafetyCheck: true }));
    return KeyMetadata?.Arn ?? '';
  };
  const rootMay = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::123456789012:root' }, Action: 'kms:*', Resource: '*' };
  const encrypt = (KeyId: string) => new EncryptCommand({ KeyId, Plaintext: Buffer.from('x') });

  test('that leaves it to the account lets identity policies decide', async () => {
    const key = await keyOf([rootMay]);
    await new KMSClient((await userWith(identityAllow)).config).send(encrypt(key));
    await expect(new KMSClient((await userWith()).config).send(encrypt(key))).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('that does not name the account keeps even those out whom identity policies let in', async () => {
    const { arn, config: of } = await userWith(identityAllow);
    const key = await keyOf([{ ...rootMay, Principal: { AWS: 'arn:aws:iam::123456789012:user/somebody' } }]);
    await expect(new KMSClient(of).send(encrypt(key))).rejects.toMatchObject({
      message: `User: ${arn} is not authorized to perform: kms:Encrypt on resource: ${key} because no resource-based policy allows the kms:Encrypt action`,
    });
  });

  test('that names the user lets it in without an identity policy', async () => {
    const { arn, config: of } = await userWith();
    await new KMSClient(of).send(encrypt(await keyOf([{ ...rootMay, Principal: { AWS: arn } }])));
  });
});
