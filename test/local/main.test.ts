import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { DescribeEndpointCommand, IoTClient } from '@aws-sdk/client-iot';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { zipSync } from 'fflate';
import type { LocalAws } from '../../local/main.ts';
import { startLocalAws } from '../../local/main.ts';
import { deployedResourceTypes } from '../lib/resource-types.ts';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.stop());

const configOf = (local: LocalAws) => ({
  endpoint: local.endpoint,
  region: local.account.region,
  credentials: local.credentials,
  maxAttempts: 1,
});

// Answers CloudFormation with what it was asked for and who it is, and refuses the colour green.
const functionCode = `
export const handler = async (event) => {
  const { StackId, RequestId, LogicalResourceId, ResourceProperties } = event;
  if (event.RequestType === 'Create' && ResourceProperties.Colour === 'green') throw new Error('no green here');
  const body = JSON.stringify({
    Status: 'SUCCESS', PhysicalResourceId: 'shoe-1', StackId, RequestId, LogicalResourceId,
    Data: { Answer: event.RequestType + ' ' + ResourceProperties.Colour },
  });
  await fetch(event.ResponseURL, { method: 'PUT', body });
};
`;

const shoeTemplate = (colour: string): string =>
  JSON.stringify({
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
          },
        },
      },
      Function: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
          Code: { S3Bucket: 'packages', S3Key: 'shoe.zip' },
        },
      },
      Shoe: {
        Type: 'Custom::Shoe',
        Properties: { ServiceToken: { 'Fn::GetAtt': ['Function', 'Arn'] }, ServiceTimeout: 2, Colour: colour },
      },
    },
    Outputs: { Answer: { Value: { 'Fn::GetAtt': ['Shoe', 'Answer'] } } },
  });

const deploy = async (StackName: string, TemplateBody: string) => {
  const client = new CloudFormationClient(configOf(aws));
  await client.send(new CreateStackCommand({ StackName, TemplateBody, Capabilities: ['CAPABILITY_IAM'] }));
  await aws.services.cloudFormation.idle();
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
  const { StackEvents } = await client.send(new DescribeStackEventsCommand({ StackName }));
  return { stack: Stacks?.[0], reasons: StackEvents?.map(({ ResourceStatusReason }) => ResourceStatusReason).join('\n') };
};

describe('A local AWS', () => {
  test('answers an SDK client that is given its address', async () => {
    expect(await new STSClient(configOf(aws)).send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: aws.account.accountId });
    const { endpointAddress } = await new IoTClient(configOf(aws)).send(new DescribeEndpointCommand({ endpointType: 'iot:Data-ATS' }));
    expect(endpointAddress).toBe(aws.services.iot.dataEndpoint);
    expect(aws.rootCa).toMatch(/^-----BEGIN CERTIFICATE-----/);
  });

  test('names in its environment all that leads a child process to it and to no other AWS', () => {
    expect(aws.environment).toMatchObject({
      AWS_ENDPOINT_URL: aws.endpoint,
      AWS_ENDPOINT_URL_S3: aws.endpoint,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: aws.credentials.accessKeyId,
      AWS_CONFIG_FILE: '/dev/null',
    });
  });

  test('runs beside others, each with an account, keys and state of its own', async () => {
    const other = await startLocalAws({ accountId: '210987654321', region: 'eu-west-1' });
    try {
      await new S3Client(configOf(other)).send(new CreateBucketCommand({ Bucket: 'theirs' }));
      expect(await new STSClient(configOf(other)).send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: '210987654321' });
      expect(aws.services.s3.buckets.has('theirs')).toBe(false);
      await expect(
        new STSClient({ ...configOf(aws), credentials: other.credentials }).send(new GetCallerIdentityCommand({})),
      ).rejects.toMatchObject({
        name: 'InvalidClientTokenId',
      });
    } finally {
      await other.stop();
    }
  });

  test('leaves tables to another DynamoDB when a variable names one', async () => {
    const asked: (string | undefined)[] = [];
    const dynamoDb = createServer((request, response) => {
      asked.push(String(request.headers['x-amz-target']));
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{"TableNames":["elsewhere"]}');
    }).listen(0, '127.0.0.1');
    await once(dynamoDb, 'listening');
    process.env['LOCAL_AWS_ENDPOINT_URL_DYNAMODB'] = `http://127.0.0.1:${(dynamoDb.address() as AddressInfo).port}`;
    const local = await startLocalAws();
    try {
      const { TableNames } = await new DynamoDBClient(configOf(local)).send(new ListTablesCommand({}));
      expect({ TableNames, asked }).toEqual({ TableNames: ['elsewhere'], asked: ['DynamoDB_20120810.ListTables'] });
    } finally {
      delete process.env['LOCAL_AWS_ENDPOINT_URL_DYNAMODB'];
      await local.stop();
      dynamoDb.close();
    }
  });

  test('does not start on a port that is taken, and leaves nothing behind', async () => {
    await expect(startLocalAws({ port: Number(new URL(aws.endpoint).port) })).rejects.toThrow('EADDRINUSE');
    await expect(startLocalAws({ mqttPort: aws.mqtt.port })).rejects.toThrow('EADDRINUSE');
  });

  test('can deploy every resource type that the app of this repository uses', () => {
    const { providers } = aws.services.cloudFormation;
    expect(deployedResourceTypes.filter((type) => providers.find(type) === undefined)).toEqual([]);
  });

  test('delivers what is published to a topic to the queue that subscribes to it', async () => {
    const [sns, sqs] = [new SNSClient(configOf(aws)), new SQSClient(configOf(aws))];
    const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'news' }));
    const Endpoint = `arn:aws:sqs:us-east-1:${aws.account.accountId}:readers`;
    const statement = { Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: Endpoint };
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'readers', Attributes: { Policy } }));
    expect(QueueUrl?.startsWith(aws.endpoint)).toBe(true);
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint, Attributes: { RawMessageDelivery: 'true' } }));
    await sns.send(new PublishCommand({ TopicArn, Message: 'hello' }));
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 }));
    expect(Messages).toMatchObject([{ Body: 'hello' }]);
  });

  describe('deploys custom resources by their functions', () => {
    beforeAll(async () => {
      const s3 = new S3Client(configOf(aws));
      await s3.send(new CreateBucketCommand({ Bucket: 'packages' }));
      const Body = zipSync({ 'index.mjs': Buffer.from(functionCode) });
      await s3.send(new PutObjectCommand({ Bucket: 'packages', Key: 'shoe.zip', Body }));
    });

    test('which are called in the account and answer to the URL', async () => {
      const { stack, reasons } = await deploy('shoes', shoeTemplate('red'));
      expect({ status: stack?.StackStatus, reasons }).toMatchObject({ status: 'CREATE_COMPLETE' });
      expect(stack?.Outputs?.[0]?.OutputValue).toBe('Create red');
      await new CloudFormationClient(configOf(aws)).send(new DeleteStackCommand({ StackName: 'shoes' }));
      await aws.services.cloudFormation.idle();
      expect((await new IAMClient(configOf(aws)).send(new ListRolesCommand({}))).Roles ?? []).toEqual([]);
    });

    test('whose errors it does not see: it waits for an answer as long as it is told', async () => {
      const { stack, reasons } = await deploy('green-shoes', shoeTemplate('green'));
      expect(stack?.StackStatus).toBe('ROLLBACK_COMPLETE');
      expect(reasons).toContain('CloudFormation did not receive a response from your custom resource.');
    });
  });
});
