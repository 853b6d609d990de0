import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { LocalAws } from '../../../local/main.ts';
import { startLocalAws } from '../../../local/main.ts';

const configOf = ({ endpoint, account, credentials }: LocalAws) => ({
  ...{ endpoint, credentials, region: account.region, maxAttempts: 1, forcePathStyle: true },
});

let there: LocalAws;
let here: LocalAws;

// The other one is foreign: it has an account and keys of its own, and checks signatures.
beforeAll(async () => {
  there = await startLocalAws();
  const foreign = { url: there.endpoint, credentials: there.credentials };
  here = await startLocalAws({ endpoints: { dynamodb: foreign, s3: foreign, sns: foreign, sqs: foreign } });
});
afterAll(async () => {
  await here.stop();
  await there.stop();
});

const deploy = async (StackName: string, Resources: object): Promise<string> => {
  const client = new CloudFormationClient(configOf(here));
  await client.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify({ Resources }) }));
  await here.services.cloudFormation.idle();
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
  return [Stacks?.[0]?.StackStatus, ...StackEvents.map(({ ResourceStatusReason }) => ResourceStatusReason ?? '')].join('\n');
};

describe('A service that was handed to another endpoint', () => {
  test('gets the requests that come to the gateway, whatever its protocol', async () => {
    const s3 = new S3Client(configOf(here));
    await s3.send(new CreateBucketCommand({ Bucket: 'handed' }));
    await s3.send(new PutObjectCommand({ Bucket: 'handed', Key: 'a b', Body: 'text' }));
    const { Body } = await new S3Client(configOf(there)).send(new GetObjectCommand({ Bucket: 'handed', Key: 'a b' }));
    expect(await Body?.transformToString()).toBe('text');
    expect((await new SNSClient(configOf(here)).send(new ListTopicsCommand({}))).Topics ?? []).toEqual([]);
  });

  test('gets the resources that CloudFormation makes, and loses them with the stack', async () => {
    const table = {
      ...{ BillingMode: 'PAY_PER_REQUEST', TableName: 'handed', KeySchema: [{ AttributeName: 'k', KeyType: 'HASH' }] },
      AttributeDefinitions: [{ AttributeName: 'k', AttributeType: 'S' }],
    };
    const resources = {
      Q: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'handed' } },
      T: { Type: 'AWS::DynamoDB::Table', Properties: table },
    };
    expect(await deploy('handed', resources)).toMatch(/^CREATE_COMPLETE/);
    expect((await new SQSClient(configOf(there)).send(new ListQueuesCommand({}))).QueueUrls).toEqual([expect.stringContaining('/handed')]);
    expect((await new DynamoDBClient(configOf(there)).send(new ListTablesCommand({}))).TableNames).toEqual(['handed']);
    expect(here.services.sqs.reader.visibilityTimeout(`arn:aws:sqs:us-east-1:${here.account.accountId}:handed`)).toBeUndefined();
  });

  test('refuses resources by name that CloudFormation could make here only', async () => {
    const outcome = await deploy('topics', { T: { Type: 'AWS::SNS::Topic' } });
    expect(outcome).toMatch(/^ROLLBACK_COMPLETE/);
    expect(outcome).toContain(`AWS::SNS::Topic cannot be deployed: sns was handed to ${there.endpoint}.`);
  });

  test('is found by programs and functions at its own address if it needs no other credentials', async () => {
    const local = await startLocalAws({
      endpoints: { dynamodb: 'http://127.0.0.1:8000', sqs: { url: 'http://127.0.0.1:9', credentials: there.credentials } },
    });
    expect(local.environment).toMatchObject({ AWS_ENDPOINT_URL: local.endpoint, AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:8000' });
    expect(local.environment).not.toHaveProperty('AWS_ENDPOINT_URL_SQS');
    await local.stop();
  });

  test('must be a service, at an address', async () => {
    await expect(startLocalAws({ endpoints: { sqz: 'http://127.0.0.1:1' } })).rejects.toThrow("there is no service 'sqz'; the names are");
    await expect(startLocalAws({ endpoints: { sqs: 'nowhere' } })).rejects.toThrow("'nowhere' of sqs is no address");
  });
});
