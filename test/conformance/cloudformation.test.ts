import type { CreateChangeSetInput, DescribeChangeSetOutput, Stack, StackEvent } from '@aws-sdk/client-cloudformation';
import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  ListChangeSetsCommand,
  ListImportsCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { GetQueueUrlCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { LocalAws } from '../../local/main.ts';
import { startLocalAws } from '../../local/main.ts';
import { documented } from './fact.ts';

const guide = (title: string): string => `CloudFormation User Guide, "${title}"`;
const reference = (title: string): string => `CloudFormation API Reference, ${title}`;

let aws: LocalAws;
let client: CloudFormationClient;
let sqs: SQSClient;
beforeAll(async () => {
  aws = await startLocalAws();
  const config = { endpoint: aws.endpoint, credentials: aws.credentials, region: aws.account.region, maxAttempts: 1 };
  client = new CloudFormationClient(config);
  sqs = new SQSClient(config);
});
afterAll(async () => {
  client.destroy();
  sqs.destroy();
  await aws.stop();
});

const queue = (Properties: object = {}, attributes: object = {}): object => ({ Type: 'AWS::SQS::Queue', Properties, ...attributes });
const textOf = (Resources: object, more: object = {}): string => JSON.stringify({ Resources, ...more });

const settled = async (StackName: string): Promise<Stack> => {
  for (;;) {
    const stack = (await client.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0];
    if (stack?.StackStatus?.endsWith('_IN_PROGRESS') === false) return stack;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

const create = async (StackName: string, TemplateBody: string): Promise<Stack> => {
  await client.send(new CreateStackCommand({ StackName, TemplateBody }));
  return settled(StackName);
};

const update = async (StackName: string, TemplateBody: string): Promise<Stack> => {
  await client.send(new UpdateStackCommand({ StackName, TemplateBody }));
  return settled(StackName);
};

const eventsOf = async (StackName: string): Promise<readonly StackEvent[]> =>
  (await client.send(new DescribeStackEventsCommand({ StackName }))).StackEvents?.toReversed() ?? [];

const stepsOf = (events: readonly StackEvent[]): readonly string[] =>
  events.map(({ LogicalResourceId, ResourceStatus }) => `${LogicalResourceId ?? ''} ${ResourceStatus ?? ''}`);

const plan = async (
  StackName: string,
  TemplateBody: string,
  more: Partial<CreateChangeSetInput> = {},
): Promise<DescribeChangeSetOutput> => {
  await client.send(new CreateChangeSetCommand({ StackName, ChangeSetName: 'plan', TemplateBody, ...more }));
  return client.send(new DescribeChangeSetCommand({ StackName, ChangeSetName: 'plan' }));
};

const queues = async (prefix: string): Promise<number> =>
  (await sqs.send(new ListQueuesCommand({ QueueNamePrefix: prefix }))).QueueUrls?.length ?? 0;

describe('Change sets', () => {
  documented(
    reference('CreateChangeSet'),
    'a change set of type CREATE makes a stack in REVIEW_IN_PROGRESS without resources',
    async () => {
      const planned = await plan('review', textOf({ A: queue() }), { ChangeSetType: 'CREATE' });
      expect(planned).toMatchObject({ Status: 'CREATE_COMPLETE', ExecutionStatus: 'AVAILABLE' });
      expect((await client.send(new DescribeStacksCommand({ StackName: 'review' }))).Stacks?.[0]?.StackStatus).toBe('REVIEW_IN_PROGRESS');
      expect(await queues('review')).toBe(0);
    },
  );

  documented(reference('ExecuteChangeSet'), 'executing a change set deletes all change sets of the stack', async () => {
    await client.send(new ExecuteChangeSetCommand({ StackName: 'review', ChangeSetName: 'plan' }));
    expect(await settled('review')).toMatchObject({ StackStatus: 'CREATE_COMPLETE' });
    expect((await client.send(new ListChangeSetsCommand({ StackName: 'review' }))).Summaries ?? []).toEqual([]);
  });

  documented(guide('Example change sets'), 'a direct modification that needs no replacement is Static and never recreates', async () => {
    await create('direct', textOf({ A: queue({ DelaySeconds: 1 }) }));
    expect((await plan('direct', textOf({ A: queue({ DelaySeconds: 2 }) }))).Changes?.[0]?.ResourceChange).toMatchObject({
      ...{ Action: 'Modify', Replacement: 'False', Scope: ['Properties'] },
      Details: [
        {
          ...{ Evaluation: 'Static', ChangeSource: 'DirectModification' },
          Target: { Attribute: 'Properties', Name: 'DelaySeconds', RequiresRecreation: 'Never' },
        },
      ],
    });
  });

  documented(
    guide('Example change sets'),
    'a parameter that changes is named as the cause, beside a dynamic direct modification',
    async () => {
      const template = textOf({ A: queue({ QueueName: { Ref: 'Name' } }) }, { Parameters: { Name: { Type: 'String', Default: 'one' } } });
      await create('parameter', template);
      const { Changes } = await plan('parameter', template, { Parameters: [{ ParameterKey: 'Name', ParameterValue: 'two' }] });
      expect(Changes?.[0]?.ResourceChange).toMatchObject({
        ...{ Replacement: 'True', PolicyAction: 'ReplaceAndDelete' },
        Details: [
          { Evaluation: 'Static', ChangeSource: 'ParameterReference', CausingEntity: 'Name' },
          { Evaluation: 'Dynamic', ChangeSource: 'DirectModification' },
        ],
      });
    },
  );

  documented(
    reference('ResourceChange'),
    'a create-only property that follows a resource that is replaced makes a replacement Conditional',
    async () => {
      const parameter = { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'v', Name: { 'Fn::Sub': '/${A.QueueName}' } } };
      const template = (QueueName: string) => textOf({ A: queue({ QueueName }), P: parameter });
      await create('follow', template('follow-1'));
      const { Changes } = await plan('follow', template('follow-2'));
      expect(Changes?.map(({ ResourceChange: c }) => [c?.LogicalResourceId, c?.Replacement])).toEqual([
        ['A', 'True'],
        ['P', 'Conditional'],
      ]);
      expect(Changes?.[1]?.ResourceChange?.Details).toMatchObject([
        { Evaluation: 'Dynamic', ChangeSource: 'ResourceAttribute', CausingEntity: 'A.QueueName' },
      ]);
    },
  );

  documented(reference('ResourceChange'), 'a removal says what becomes of the resource', async () => {
    await create('removal', textOf({ A: queue(), B: queue(), C: queue({}, { DeletionPolicy: 'Retain' }) }));
    const { Changes } = await plan('removal', textOf({ A: queue() }));
    expect(Changes?.map(({ ResourceChange: c }) => [c?.Action, c?.LogicalResourceId, c?.PolicyAction])).toEqual([
      ['Remove', 'B', 'Delete'],
      ['Remove', 'C', 'Retain'],
    ]);
  });

  documented(reference('DescribeChangeSet'), 'without changes the change set is FAILED and cannot be executed', async () => {
    await create('same', textOf({ A: queue() }));
    const planned = await plan('same', textOf({ A: queue() }));
    expect(planned).toMatchObject({ Status: 'FAILED', ExecutionStatus: 'UNAVAILABLE' });
    expect(planned.StatusReason).toMatch(/^The submitted information didn't contain changes\./);
    const execution = new ExecuteChangeSetCommand({ StackName: 'same', ChangeSetName: 'plan' });
    await expect(client.send(execution)).rejects.toMatchObject({ name: 'InvalidChangeSetStatusException' });
  });
});

describe('Stacks', () => {
  documented(
    guide('Update behaviors of stack resources'),
    'a replacement is made first; the old resource goes in the clean-up',
    async () => {
      await create('replace', textOf({ A: queue({ QueueName: 'replace-1' }) }));
      const before = (await eventsOf('replace')).length;
      expect(await update('replace', textOf({ A: queue({ QueueName: 'replace-2' }) }))).toMatchObject({ StackStatus: 'UPDATE_COMPLETE' });
      expect(stepsOf((await eventsOf('replace')).slice(before))).toEqual([
        'replace UPDATE_IN_PROGRESS',
        'A UPDATE_IN_PROGRESS',
        'A UPDATE_COMPLETE',
        'replace UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
        'A DELETE_IN_PROGRESS',
        'A DELETE_COMPLETE',
        'replace UPDATE_COMPLETE',
      ]);
    },
  );

  documented(guide('Stack failure options'), 'an update that fails is rolled back, and what it made is cleaned up', async () => {
    const broken = textOf({ A: queue({ QueueName: 'replace-3' }), B: queue({ DelaySeconds: 901 }, { DependsOn: 'A' }) });
    expect(await update('replace', broken)).toMatchObject({ StackStatus: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(stepsOf(await eventsOf('replace'))).toEqual(
      expect.arrayContaining([
        'B CREATE_FAILED',
        'replace UPDATE_ROLLBACK_IN_PROGRESS',
        'replace UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
      ]),
    );
    await expect(sqs.send(new GetQueueUrlCommand({ QueueName: 'replace-3' }))).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
    await sqs.send(new GetQueueUrlCommand({ QueueName: 'replace-2' }));
  });

  documented(guide('Stack failure options'), 'a creation that fails is rolled back, and the stack can only be deleted', async () => {
    const broken = textOf({ A: queue(), B: queue({ DelaySeconds: 901 }, { DependsOn: 'A' }) });
    expect(await create('broken', broken)).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE' });
    expect(await queues('broken')).toBe(0);
    const again = new UpdateStackCommand({ StackName: 'broken', TemplateBody: textOf({ A: queue() }) });
    await expect(client.send(again)).rejects.toThrow('is in ROLLBACK_COMPLETE state and can not be updated');
  });

  documented(guide('Update behaviors of stack resources'), 'the type of a resource cannot change', async () => {
    const other = textOf({ A: { Type: 'AWS::SNS::Topic' } });
    await expect(client.send(new UpdateStackCommand({ StackName: 'removal', TemplateBody: other }))).rejects.toThrow(
      'Update of resource type is not permitted.',
    );
  });

  documented(
    guide('Resource attribute reference: DependsOn'),
    'resources are made after what they refer to or depend on, and deleted before',
    async () => {
      const resources = { A: queue({}, { DependsOn: 'C' }), B: queue({ Tags: [{ Key: 'a', Value: { Ref: 'A' } }] }), C: queue() };
      const { StackId = '' } = await create('order', textOf(resources));
      await client.send(new DeleteStackCommand({ StackName: 'order' }));
      await settled(StackId);
      const steps = stepsOf(await eventsOf(StackId)).filter((step) => step.endsWith('_COMPLETE') && !step.startsWith('order'));
      expect(steps).toEqual(
        ['C', 'A', 'B'].map((id) => `${id} CREATE_COMPLETE`).concat(['B', 'A', 'C'].map((id) => `${id} DELETE_COMPLETE`)),
      );
    },
  );

  documented(guide('Parameters'), 'a NoEcho parameter is shown as asterisks', async () => {
    const parameters = { Parameters: { Secret: { Type: 'String', NoEcho: true, Default: 'sesame' } } };
    const stack = await create('secret', textOf({ A: queue({ Tags: [{ Key: 'k', Value: { Ref: 'Secret' } }] }) }, parameters));
    expect(stack.Parameters).toMatchObject([{ ParameterValue: '****' }]);
    expect(JSON.stringify(await eventsOf('secret'))).not.toContain('sesame');
  });
});

describe('Exports', () => {
  const exporting = (Value: unknown): string => textOf({ A: queue() }, { Outputs: { O: { Value, Export: { Name: 'shared' } } } });

  documented(guide('Get exported outputs from a deployed stack'), 'an export in use can be neither changed nor deleted', async () => {
    await create('giver', exporting('one'));
    await create('taker', textOf({ B: queue({ Tags: [{ Key: 'k', Value: { 'Fn::ImportValue': 'shared' } }] }) }));
    expect((await client.send(new ListImportsCommand({ ExportName: 'shared' }))).Imports).toEqual(['taker']);
    expect(await update('giver', exporting('two'))).toMatchObject({
      ...{ StackStatus: 'UPDATE_ROLLBACK_COMPLETE' },
    });
    await client.send(new DeleteStackCommand({ StackName: 'giver' }));
    expect(await settled('giver')).toMatchObject({
      ...{ StackStatus: 'DELETE_FAILED', StackStatusReason: 'Export shared cannot be deleted as it is in use by taker' },
    });
  });

  documented(guide('Fn::ImportValue'), 'a value that nobody exports fails the deployment', async () => {
    const orphan = textOf({ B: queue({ Tags: [{ Key: 'k', Value: { 'Fn::ImportValue': 'nobody-has' } }] }) });
    expect(await create('orphan', orphan)).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE' });
    const reasons = (await eventsOf('orphan')).map(({ ResourceStatusReason }) => ResourceStatusReason);
    expect(reasons).toContain('No export named nobody-has found. Rollback requested by user.');
  });
});
