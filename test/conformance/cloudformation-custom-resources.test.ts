import type { Stack, StackEvent } from '@aws-sdk/client-cloudformation';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { LocalAws } from '../../local/main.ts';
import { startLocalAws } from '../../local/main.ts';
import { ManualClock } from '../../local/manual-clock.ts';
import { documented } from './fact.ts';

const requests = 'CloudFormation User Guide, "Custom resource request objects"';
const responses = 'CloudFormation User Guide, "Custom resource response objects"';
const resource = 'CloudFormation Template Reference, AWS::CloudFormation::CustomResource';

/** Writes down every request and answers as its property `Answer` says, a JSON text; without one it throws. */
const source = `exports.handler = async (event) => {
  console.log('request ' + JSON.stringify(event));
  const { StackId, RequestId, LogicalResourceId, ResourceProperties: { Answer } } = event;
  if (Answer === undefined && event.RequestType !== 'Delete') throw new Error('no answer');
  const given = event.RequestType === 'Delete' ? {} : JSON.parse(Answer);
  const body = JSON.stringify({ Status: 'SUCCESS', PhysicalResourceId: 'id', StackId, RequestId, LogicalResourceId, ...given });
  await fetch(event.ResponseURL, { method: 'PUT', headers: { 'content-type': '' }, body });
};`;

const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const logging = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'logs:*', Resource: '*' }] };

const template = (name: string, properties: object, more: object = {}): string =>
  JSON.stringify({
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: { AssumeRolePolicyDocument: trust, Policies: [{ PolicyName: 'logs', PolicyDocument: logging }] },
      },
      Function: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          ...{ FunctionName: name, Code: { ZipFile: source }, Handler: 'index.handler', Runtime: 'nodejs24.x', Timeout: 30 },
          Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        },
      },
      Custom: { Type: 'Custom::Thing', Properties: { ServiceToken: { 'Fn::GetAtt': ['Function', 'Arn'] }, ...properties } },
    },
    ...more,
  });

let clock: ManualClock;
let aws: LocalAws;
let client: CloudFormationClient;
let logs: CloudWatchLogsClient;
beforeAll(async () => {
  clock = new ManualClock(Date.UTC(2026, 10, 22));
  aws = await startLocalAws({ clock });
  const config = { endpoint: aws.endpoint, credentials: aws.credentials, region: aws.account.region, maxAttempts: 1 };
  client = new CloudFormationClient(config);
  logs = new CloudWatchLogsClient(config);
});
afterAll(async () => {
  client.destroy();
  logs.destroy();
  await aws.stop();
});

const describeStack = async (StackName: string): Promise<Stack | undefined> =>
  (await client.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0];

const settled = async (StackName: string): Promise<Stack | undefined> => {
  for (;;) {
    const stack = await describeStack(StackName);
    if (stack?.StackStatus?.endsWith('_IN_PROGRESS') !== true) return stack;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

const start = (StackName: string, TemplateBody: string): Promise<unknown> =>
  client.send(new CreateStackCommand({ StackName, TemplateBody, Capabilities: ['CAPABILITY_IAM'] }));

const create = async (StackName: string, properties: object, more: object = {}): Promise<Stack | undefined> => {
  await start(StackName, template(StackName, properties, more));
  return settled(StackName);
};

const update = async (StackName: string, properties: object): Promise<Stack | undefined> => {
  const input = { StackName, TemplateBody: template(StackName, properties), Capabilities: ['CAPABILITY_IAM' as const] };
  await client.send(new UpdateStackCommand(input));
  return settled(StackName);
};

const eventsOf = async (StackName: string): Promise<readonly StackEvent[]> =>
  (await client.send(new DescribeStackEventsCommand({ StackName }))).StackEvents ?? [];

const reasonsOf = async (StackName: string): Promise<string> =>
  (await eventsOf(StackName)).map(({ ResourceStatusReason = '' }) => ResourceStatusReason).join('\n');

/** The requests that the function of a stack got, in order. */
const requestsOf = async (name: string): Promise<readonly Record<string, unknown>[]> => {
  const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${name}`, filterPattern: 'request' }));
  return events.map(({ message = '' }) => JSON.parse(message.slice(message.indexOf('{'))) as Record<string, unknown>);
};

const answering = (members: object = {}, more: object = {}): object => ({ Answer: JSON.stringify(members), ...more });

describe('A custom resource', () => {
  documented(requests, 'is told what is wanted, with every scalar as text', async () => {
    expect(await create('told', answering({}, { Size: 42, Deep: { on: true } }))).toMatchObject({ StackStatus: 'CREATE_COMPLETE' });
    expect((await requestsOf('told'))[0]).toMatchObject({
      ...{ RequestType: 'Create', LogicalResourceId: 'Custom', ResourceType: 'Custom::Thing' },
      StackId: expect.stringMatching(/:stack\/told\//) as unknown,
      RequestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
      ResponseURL: expect.stringMatching(/^http/) as unknown,
      ResourceProperties: { Size: '42', Deep: { on: 'true' } },
    });
  });

  documented(requests, 'is told at an update what it was', async () => {
    await update('told', answering({}, { Size: 43 }));
    expect((await requestsOf('told'))[1]).toMatchObject({
      ...{ RequestType: 'Update', PhysicalResourceId: 'id', ResourceProperties: { Size: '43' }, OldResourceProperties: { Size: '42' } },
    });
  });

  documented(responses, 'that answers an update with another id is replaced: the old one is deleted afterwards', async () => {
    expect(await update('told', answering({ PhysicalResourceId: 'other' }))).toMatchObject({ StackStatus: 'UPDATE_COMPLETE' });
    expect((await requestsOf('told')).slice(2)).toMatchObject([
      { RequestType: 'Update', PhysicalResourceId: 'id' },
      { RequestType: 'Delete', PhysicalResourceId: 'id' },
    ]);
  });

  documented(responses, 'answers data that Fn::GetAtt finds', async () => {
    const Outputs = { O: { Value: { 'Fn::GetAtt': ['Custom', 'Colour'] } } };
    expect(await create('data', answering({ Data: { Colour: 'red' } }), { Outputs })).toMatchObject({ Outputs: [{ OutputValue: 'red' }] });
  });

  documented(
    responses,
    'that answers FAILED fails the deployment with its reason, and is asked to delete what it may have left',
    async () => {
      const failing = answering({ Status: 'FAILED', Reason: 'out of stock', PhysicalResourceId: 'half' });
      expect(await create('failing', failing)).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE' });
      expect(await reasonsOf('failing')).toContain(
        'Received response status [FAILED] from custom resource. Message returned: out of stock',
      );
      expect(await requestsOf('failing')).toMatchObject([{ RequestType: 'Create' }, { RequestType: 'Delete', PhysicalResourceId: 'half' }]);
    },
  );

  documented(resource, 'that never answers fails after an hour, or after its ServiceTimeout', async () => {
    await start('silent', template('silent', { ServiceTimeout: '300' }));
    while ((await requestsOf('silent').catch(() => [])).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    clock.advance(299_000);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await describeStack('silent')).toMatchObject({ StackStatus: 'CREATE_IN_PROGRESS' });
    clock.advance(1000);
    expect(await settled('silent')).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE' });
    expect(await reasonsOf('silent')).toContain('CloudFormation did not receive a response from your custom resource.');
  });

  documented(resource, 'cannot be given another ServiceToken', async () => {
    expect(
      await update('data', answering({}, { ServiceToken: `arn:aws:lambda:us-east-1:${aws.account.accountId}:function:told` })),
    ).toMatchObject({
      StackStatus: 'UPDATE_ROLLBACK_COMPLETE',
    });
    expect(await reasonsOf('data')).toContain('Modifying service token is not allowed.');
  });
});
