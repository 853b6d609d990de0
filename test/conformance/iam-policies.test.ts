import { CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { CreatePolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateThingCommand, CreateThingGroupCommand, DescribeThingCommand, IoTClient } from '@aws-sdk/client-iot';
import { CreateKeyCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { CreateBucketCommand, GetObjectCommand, PutBucketPolicyCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { documented } from './fact.ts';
import type { Credentials } from './iam-world.ts';
import { allow, deny, IamWorld, policy, trust } from './iam-world.ts';

let world: IamWorld;
beforeAll(async () => {
  world = await IamWorld.start();
});
afterAll(() => world.local.stop());

const userGuide = (page: string): string => `IAM User Guide, "${page}"`;
const evaluationLogic = userGuide('Policy evaluation logic');
const account = { AWS: 'arn:aws:iam::123456789012:root' };

const createThing = (credentials: Credentials, thingName: string): Promise<unknown> =>
  new IoTClient(world.config(credentials)).send(new CreateThingCommand({ thingName }));

const denied = (why: string) => ({ name: 'AccessDeniedException', message: expect.stringContaining(why) as string });

describe('identity policies', () => {
  documented(evaluationLogic, 'What no policy allows is denied, and the message says so', async () => {
    const { arn, credentials } = await world.user(allow('iot:DescribeThing'));
    await expect(createThing(credentials, 'none')).rejects.toMatchObject({
      message: `User: ${arn} is not authorized to perform: iot:CreateThing on resource: arn:aws:iot:us-east-1:123456789012:thing/none because no identity-based policy allows the iot:CreateThing action`,
    });
  });

  documented(evaluationLogic, 'An explicit deny overrides any allow', async () => {
    const { credentials } = await world.user(allow('iot:*'), deny('iot:CreateThing', 'arn:aws:iot:*:*:thing/kept-*'));
    await createThing(credentials, 'other');
    await expect(createThing(credentials, 'kept-1')).rejects.toMatchObject(denied('with an explicit deny in an identity-based policy'));
  });

  documented(userGuide('IAM JSON policy elements: Action'), 'Actions match in either case and by wildcards', async () => {
    const { credentials } = await world.user(allow('IOT:createth*', 'arn:aws:iot:us-east-1:123456789012:thing/a?'));
    await createThing(credentials, 'ab');
    await expect(createThing(credentials, 'abc')).rejects.toMatchObject(denied('no identity-based policy'));
  });

  documented(userGuide('AWS global condition context keys'), 'aws:RequestTag and aws:TagKeys are the tags of the request', async () => {
    const { credentials } = await world.user(allow('iot:CreateThingGroup', '*', { StringEquals: { 'aws:RequestTag/team': 'blue' } }));
    const create = (thingGroupName: string, team: string): Promise<unknown> =>
      new IoTClient(world.config(credentials)).send(new CreateThingGroupCommand({ thingGroupName, tags: [{ Key: 'team', Value: team }] }));
    await create('blue', 'blue');
    await expect(create('red', 'red')).rejects.toMatchObject(denied('no identity-based policy'));
  });

  documented(userGuide('IAM policy elements: Variables and tags'), 'Variables stand for values of the request', async () => {
    const { name, credentials } = await world.user(allow('iot:CreateThing', 'arn:aws:iot:*:*:thing/${aws:username}'));
    await createThing(credentials, name);
    await expect(createThing(credentials, 'somebody')).rejects.toMatchObject(denied('no identity-based policy'));
  });

  documented('STS API Reference, "GetCallerIdentity"', 'It needs no permission, and no deny forbids it', async () => {
    const { arn, credentials } = await world.user(deny('sts:*'));
    expect(await new STSClient(world.config(credentials)).send(new GetCallerIdentityCommand({}))).toMatchObject({ Arn: arn });
  });

  documented(
    'DynamoDB Developer Guide, "Using IAM policy conditions for fine-grained access control"',
    'dynamodb:LeadingKeys confines to partitions',
    async () => {
      const TableName = 'partitions';
      const [KeySchema, AttributeDefinitions] = [
        [{ AttributeName: 'owner', KeyType: 'HASH' as const }],
        [{ AttributeName: 'owner', AttributeType: 'S' as const }],
      ];
      await new DynamoDBClient(world.config()).send(
        new CreateTableCommand({ TableName, KeySchema, AttributeDefinitions, BillingMode: 'PAY_PER_REQUEST' }),
      );
      const { credentials } = await world.user(
        allow(['dynamodb:PutItem', 'dynamodb:GetItem', 'dynamodb:Query'], '*', {
          'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['${aws:username}', 'shared'] },
          Null: { 'dynamodb:LeadingKeys': 'false' },
        }),
      );
      const client = new DynamoDBClient(world.config(credentials));
      await client.send(new PutItemCommand({ TableName, Item: { owner: { S: 'shared' } } }));
      await expect(client.send(new GetItemCommand({ TableName, Key: { owner: { S: 'other' } } }))).rejects.toMatchObject(
        denied('dynamodb:GetItem'),
      );
      const query = (owner: string): Promise<unknown> =>
        client.send(
          new QueryCommand({
            ...{ TableName, KeyConditionExpression: '#o = :o' },
            ...{ ExpressionAttributeNames: { '#o': 'owner' }, ExpressionAttributeValues: { ':o': { S: owner } } },
          }),
        );
      await query('shared');
      await expect(query('other')).rejects.toMatchObject(denied('dynamodb:Query'));
    },
  );
});

describe('what limits an identity', () => {
  documented(
    userGuide('Permissions boundaries for IAM entities'),
    'A boundary allows nothing by itself and limits what policies allow',
    async () => {
      const { Policy } = await new IAMClient(world.config()).send(
        new CreatePolicyCommand({ PolicyName: 'boundary', PolicyDocument: policy(allow(['iot:CreateThing', 'iot:DescribeThing'])) }),
      );
      const role = await world.role(trust(account), [allow(['iot:CreateThing', 'iot:CreateThingGroup'])], Policy?.Arn);
      const credentials = await world.assume(role.arn);
      await createThing(credentials, 'bounded');
      const iot = new IoTClient(world.config(credentials));
      await expect(iot.send(new CreateThingGroupCommand({ thingGroupName: 'g' }))).rejects.toMatchObject(
        denied('because no permissions boundary allows the iot:CreateThingGroup action'),
      );
      await expect(iot.send(new DescribeThingCommand({ thingName: 'bounded' }))).rejects.toMatchObject(denied('no identity-based policy'));
    },
  );

  documented(
    userGuide('Policies and permissions in AWS Identity and Access Management: Session policies'),
    'A session may do what its policies and its role both allow',
    async () => {
      const role = await world.role(trust(account), [allow('iot:*')]);
      const credentials = await world.assume(role.arn, { Policy: policy(allow(['iot:CreateThing', 'sqs:*'])) });
      await createThing(credentials, 'in-session');
      const iot = new IoTClient(world.config(credentials));
      await expect(iot.send(new DescribeThingCommand({ thingName: 'in-session' }))).rejects.toMatchObject(
        denied('because no session policy allows the iot:DescribeThing action'),
      );
      await expect(new SQSClient(world.config(credentials)).send(new CreateQueueCommand({ QueueName: 'q' }))).rejects.toMatchObject({
        message: expect.stringContaining('because no identity-based policy allows') as string,
      });
    },
  );
});

describe('policies of resources', () => {
  documented(evaluationLogic, 'Within an account the allow of a resource is enough, but for a limit of the role', async () => {
    const user = await world.user();
    const sqs = new SQSClient(world.config());
    const Policy = policy({ Effect: 'Allow', Principal: { AWS: user.arn }, Action: 'sqs:SendMessage', Resource: '*' });
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'granting', Attributes: { Policy } }));
    await new SQSClient(world.config(user.credentials)).send(new SendMessageCommand({ QueueUrl, MessageBody: 'm' }));
    const stranger = await world.user();
    await expect(
      new SQSClient(world.config(stranger.credentials)).send(new SendMessageCommand({ QueueUrl, MessageBody: 'm' })),
    ).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  documented('S3 User Guide, "Bucket policies for Amazon S3"', 'A bucket policy grants and denies by object', async () => {
    const user = await world.user(allow('s3:GetObject'));
    const s3 = new S3Client(world.config());
    await s3.send(new CreateBucketCommand({ Bucket: 'judged' }));
    for (const Key of ['open/a', 'shut/a']) await s3.send(new PutObjectCommand({ Bucket: 'judged', Key, Body: 'x' }));
    const Policy = policy({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::judged/shut/*' });
    await s3.send(new PutBucketPolicyCommand({ Bucket: 'judged', Policy }));
    const client = new S3Client(world.config(user.credentials));
    await client.send(new GetObjectCommand({ Bucket: 'judged', Key: 'open/a' }));
    await expect(client.send(new GetObjectCommand({ Bucket: 'judged', Key: 'shut/a' }))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('with an explicit deny in a resource-based policy') as string,
    });
  });
});

describe('key policies', () => {
  const keyPolicies = 'KMS Developer Guide, "Key policies in AWS KMS"';
  const keyWith = async (...statements: readonly object[]): Promise<string> => {
    const command = new CreateKeyCommand({ Policy: policy(...statements), BypassPolicyLockoutSafetyCheck: true });
    return (await new KMSClient(world.config()).send(command)).KeyMetadata?.Arn ?? '';
  };
  const encrypt = (credentials: Credentials, KeyId: string, EncryptionContext?: Record<string, string>): Promise<unknown> =>
    new KMSClient(world.config(credentials)).send(new EncryptCommand({ KeyId, Plaintext: Buffer.from('x'), EncryptionContext }));
  const statement = (principal: object, more: object = {}): object => ({ ...allow('kms:*'), Principal: principal, ...more });

  documented(keyPolicies, 'Identity policies count only where the key policy leaves it to the account', async () => {
    const { credentials } = await world.user(allow('kms:*'));
    await encrypt(credentials, await keyWith(statement(account)));
    const key = await keyWith(statement({ AWS: 'arn:aws:iam::123456789012:role/another' }));
    await expect(encrypt(credentials, key)).rejects.toMatchObject(denied('because no resource-based policy allows the kms:Encrypt action'));
  });

  documented(keyPolicies, 'Whoever the key policy names needs no identity policy', async () => {
    const { arn, credentials } = await world.user();
    await encrypt(credentials, await keyWith(statement({ AWS: arn })));
    await expect(encrypt(credentials, await keyWith(statement(account)))).rejects.toMatchObject(denied('no identity-based policy'));
  });

  documented(
    'KMS Developer Guide, "AWS KMS condition keys"',
    'Conditions may be on the encryption context, the caller and the service between',
    async () => {
      const { arn, credentials } = await world.user();
      const conditioned = await keyWith(
        statement(
          { AWS: arn },
          { Condition: { StringEquals: { 'kms:EncryptionContext:line': 'a', 'kms:CallerAccount': '123456789012' } } },
        ),
      );
      await encrypt(credentials, conditioned, { line: 'a' });
      await expect(encrypt(credentials, conditioned, { line: 'b' })).rejects.toMatchObject({ name: 'AccessDeniedException' });
      const through = await keyWith(
        statement({ AWS: arn }, { Condition: { StringEquals: { 'kms:ViaService': 'sqs.us-east-1.amazonaws.com' } } }),
      );
      await expect(encrypt(credentials, through)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    },
  );
});
