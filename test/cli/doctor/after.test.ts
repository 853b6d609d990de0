import { CloudFormationClient, DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, PutMetricAlarmCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { DisableRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import {
  AttachPolicyCommand,
  CreateProvisioningTemplateVersionCommand,
  DeleteProvisioningTemplateCommand,
  DeleteThingGroupCommand,
  DeleteTopicRuleCommand,
  CreateKeysAndCertificateCommand,
  DescribeProvisioningTemplateCommand,
  DescribeThingGroupCommand,
  UpdateCertificateCommand,
  DisableTopicRuleCommand,
  IoTClient,
  UpdateProvisioningTemplateCommand,
} from '@aws-sdk/client-iot';
import { GetPolicyCommand, LambdaClient, RemovePermissionCommand } from '@aws-sdk/client-lambda';
import { ListTopicsCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { openAccountReads } from '../../../aws/open/account-reads.ts';
import { namesOfClaimAlarms } from '../../../domain/monitoring/claim-alarms.ts';
import { type DoctoredAccount, openDoctoredAccount } from './doctored-account.ts';
import { aClaimName } from '../../builders/identifiers.ts';
import { runMuster } from '../../fakes/muster-command.ts';
import { listedClaim } from './listed-claims.ts';
import { deploySmall, deployStack, provisioning } from './small-deployment.ts';

let account: DoctoredAccount;
let iot: IoTClient;
beforeEach(async () => {
  account = await openDoctoredAccount();
  iot = new IoTClient(account.config);
  await deploySmall(account);
});
afterEach(async () => {
  iot.destroy();
  await account.aws.stop();
});

const after = async (check: string, wishes: Parameters<DoctoredAccount['examine']>[1] = {}): Promise<readonly string[]> =>
  (await account.examine(check, wishes)).map(({ level, what }) => `${level}: ${what}`);

describe('Of stacks the doctor', () => {
  test('is content when all are there and complete', async () => {
    expect(await after('stacks')).toEqual([
      'ok: the stack MusterData is complete',
      'ok: the stack MusterAudit is complete',
      'ok: the stack MusterOnboarding is complete',
      'ok: the stack MusterOperations is complete',
    ]);
  });

  test('says which one is gone, and which one is half done', async () => {
    const client = new CloudFormationClient(account.config);
    await client.send(new DeleteStackCommand({ StackName: 'MusterOperations' }));
    client.destroy();
    const configuration = { prefix: 'half' };
    await deployStack(account, 'HalfData', {
      Resources: { Rule: { Type: 'AWS::IoT::TopicRule', Properties: { TopicRulePayload: { Sql: 'no', Actions: [] } } } },
    });
    expect((await after('stacks', { configuration }))[0]).toMatch(/^problem: the stack HalfData is not complete \(ROLLBACK_COMPLETE\)$/);
    expect(await after('stacks')).toContain('problem: the stack MusterOperations is not there');
  });
});

describe('Of provisioning templates the doctor', () => {
  const template = { templateName: 'muster-sensor' };

  test('is content with what was deployed', async () => {
    expect(await after('templates')).toEqual([
      'ok: the provisioning template "muster-sensor" is enabled, asks our hook, and is as deployed',
    ]);
  });

  test('says that one is disabled', async () => {
    await iot.send(new UpdateProvisioningTemplateCommand({ ...template, enabled: false }));
    expect(await after('templates')).toEqual(['problem: the provisioning template "muster-sensor" is disabled']);
  });

  test('says that one asks no hook, so that any serial number comes in', async () => {
    await iot.send(new UpdateProvisioningTemplateCommand({ ...template, removePreProvisioningHook: true }));
    expect(await after('templates')).toEqual(['problem: the provisioning template "muster-sensor" asks no hook']);
  });

  test('says that one provisions by what nobody deployed', async () => {
    const templateBody = provisioning('Inactive');
    await iot.send(new CreateProvisioningTemplateVersionCommand({ ...template, templateBody, setAsDefault: true }));
    expect(await account.examine('templates')).toMatchObject([
      {
        level: 'problem',
        what: 'the provisioning template "muster-sensor" is not what was deployed',
        why: expect.stringContaining('version 2') as string,
      },
    ]);
  });

  test('says that one is gone', async () => {
    await iot.send(new DeleteProvisioningTemplateCommand(template));
    expect(await after('templates')).toEqual(['problem: the provisioning template "muster-sensor" is gone']);
  });
});

describe('Of the permission to call the hook the doctor', () => {
  test('is content when AWS IoT has it', async () => {
    expect(await after('hook-permission')).toEqual(['ok: AWS IoT may call the hook for "muster-sensor"']);
  });

  test('says that it is gone', async () => {
    const lambda = new LambdaClient(account.config);
    const { preProvisioningHook } = await iot.send(new DescribeProvisioningTemplateCommand({ templateName: 'muster-sensor' }));
    const hook = { FunctionName: preProvisioningHook?.targetArn ?? '' };
    const { Policy = '' } = await lambda.send(new GetPolicyCommand(hook));
    const { Statement } = JSON.parse(Policy) as { readonly Statement: readonly { readonly Sid: string }[] };
    await lambda.send(new RemovePermissionCommand({ ...hook, StatementId: Statement[0]?.Sid ?? '' }));
    lambda.destroy();
    expect(await after('hook-permission')).toEqual(['problem: AWS IoT may not call the hook for "muster-sensor"']);
  });
});

describe('Of policies of groups the doctor', () => {
  const thingGroupName = 'muster-quarantine';

  test('says that one is not attached, and is content once it is', async () => {
    expect(await after('group-policies')).toEqual(['problem: the policy "muster-quarantine" is not attached to its group']);
    const { thingGroupArn } = await iot.send(new DescribeThingGroupCommand({ thingGroupName }));
    await iot.send(new AttachPolicyCommand({ policyName: 'muster-quarantine', target: thingGroupArn }));
    expect(await after('group-policies')).toEqual(['ok: the policy "muster-quarantine" is attached to its group']);
  });

  test('says that a group is gone', async () => {
    await iot.send(new DeleteThingGroupCommand({ thingGroupName }));
    expect(await after('group-policies')).toEqual(['problem: the thing group "muster-quarantine" is gone']);
  });
});

describe('Of rules the doctor', () => {
  test('is content when all are enabled', async () => {
    expect(await after('rules')).toEqual([
      'ok: the topic rule "muster_presence" is enabled',
      'ok: the event rule "muster-sweep" is enabled',
    ]);
  });

  test('says which are disabled', async () => {
    await iot.send(new DisableTopicRuleCommand({ ruleName: 'muster_presence' }));
    const events = new EventBridgeClient(account.config);
    await events.send(new DisableRuleCommand({ Name: 'muster-sweep' }));
    events.destroy();
    expect(await after('rules')).toEqual([
      'problem: the topic rule "muster_presence" is disabled',
      'problem: the event rule "muster-sweep" is disabled',
    ]);
  });
});

test('The doctor counts dead letters', async () => {
  expect(await after('dead-letters')).toEqual(['ok: no dead letters']);
  const sqs = new SQSClient(account.config);
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'dead' }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'lost' }));
  expect(await after('dead-letters')).toEqual([`problem: 1 dead letters in ${QueueUrl ?? ''}`]);
  // What Lambda gives up itself.
  const unstored = await sqs.send(new GetQueueUrlCommand({ QueueName: 'unstored' }));
  await sqs.send(new SendMessageCommand({ QueueUrl: unstored.QueueUrl, MessageBody: 'unstored' }));
  sqs.destroy();
  expect(await account.examine('dead-letters')).toContainEqual({
    ...{ check: 'dead-letters', level: 'problem' },
    what: `1 dead letters in ${unstored.QueueUrl ?? ''}`,
    why: 'They are events that could not be stored to be sealed; they are kept for fourteen days.',
    todo: 'Each says why, and so does the log of the function. Mend that, then: npx muster audit redrive',
  });
});

test('The doctor says who hears of alarms, who has not said yes, and when nobody does', async () => {
  expect(await after('alarm-subscriptions')).toEqual(['note: nobody is told of alarms']);
  const sns = new SNSClient(account.config);
  const { Topics = [] } = await sns.send(new ListTopicsCommand({}));
  await sns.send(new SubscribeCommand({ TopicArn: Topics[0]?.TopicArn, Protocol: 'email', Endpoint: 'ann@example.com' }));
  sns.destroy();
  expect(await after('alarm-subscriptions')).toEqual(['problem: ann@example.com is not told of alarms yet']);
});

test('What the stacks made is not taken for somebody else’s', async () => {
  expect(await after('names')).toEqual(['ok: every name that begins with "muster-" is free, or this deployment\'s']);
});

describe('Of claims the doctor', () => {
  test.each([
    ['open', 'ACTIVE', 'ok: the certificates of 1 claims stand as recorded'],
    ['closed', 'INACTIVE', 'ok: the certificates of 1 claims stand as recorded'],
    ['open', 'INACTIVE', 'problem: the certificate * of claim "batch-7" is INACTIVE, and the claim open'],
    ['open', 'REVOKED', 'problem: the certificate * of claim "batch-7" is REVOKED, and the claim open'],
    ['closed', 'ACTIVE', 'problem: the certificate * of claim "batch-7" is ACTIVE, and closed'],
  ] as const)('holds the record (%s) against the certificate (%s)', async (state, newStatus, expected) => {
    const { certificateId = '' } = await iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }));
    await iot.send(new UpdateCertificateCommand({ certificateId, newStatus }));
    expect(await after('claims', { operations: listedClaim(state, certificateId) })).toEqual([expected.replace('*', certificateId)]);
  });

  test('says that the certificate of an open one is gone', async () => {
    expect(await after('claims', { operations: listedClaim('open') })).toEqual([expect.stringMatching(/is GONE, and the claim open$/)]);
  });

  test('says that one is not watched, and which alarms ring', async () => {
    const operations = listedClaim('open');
    const names = namesOfClaimAlarms('muster', aClaimName('batch-7'));
    expect(await after('alarms', { operations })).toEqual(names.map((name) => `problem: the alarm "${name}" is not there`));
    const cloudWatch = new CloudWatchClient(account.config);
    const alarm = { Namespace: 'x', MetricName: 'y', Statistic: 'Sum', Period: 60, EvaluationPeriods: 1, Threshold: 1 } as const;
    const ComparisonOperator = 'GreaterThanThreshold';
    for (const AlarmName of names) await cloudWatch.send(new PutMetricAlarmCommand({ ...alarm, ComparisonOperator, AlarmName }));
    expect(await after('alarms', { operations })).toEqual(['ok: 1 open claims are watched, and no alarm rings']);
    await cloudWatch.send(new SetAlarmStateCommand({ AlarmName: names[0], StateValue: 'ALARM', StateReason: 'a test' }));
    cloudWatch.destroy();
    expect(await after('alarms', { operations })).toEqual([`note: the alarm "${names[0] ?? ''}" rings`]);
  });
});

describe('Of drift the doctor', () => {
  test('is content with what is as it was deployed', async () => {
    expect(await after('drift')).toEqual([
      'ok: nothing in the stack MusterData was changed behind its back',
      'ok: nothing in the stack MusterAudit was changed behind its back',
      'ok: nothing in the stack MusterOnboarding was changed behind its back',
      'ok: nothing in the stack MusterOperations was changed behind its back',
    ]);
  });

  test('says what somebody changed, and what somebody deleted', async () => {
    const events = new EventBridgeClient(account.config);
    await events.send(new DisableRuleCommand({ Name: 'muster-sweep' }));
    events.destroy();
    await iot.send(new DeleteTopicRuleCommand({ ruleName: 'muster_presence' }));
    const found = await after('drift');
    expect(found).toContain('problem: AWS::Events::Rule Sweep of the stack MusterOnboarding is changed');
    expect(found).toContain('problem: AWS::IoT::TopicRule Presence of the stack MusterOnboarding is deleted');
  });
});

describe('muster doctor', () => {
  const doctor = (...parameters: readonly string[]) =>
    runMuster({ client: listedClaim('closed'), account: openAccountReads(account.config) }, 'doctor', ...parameters);

  test('looks at what is deployed where something is, and ends with 1 when there is a problem', async () => {
    const { code, output } = await doctor();
    expect(code).toBe(1);
    expect(output[0]).toBe('What is deployed:');
    expect(output.join('\n')).toMatch(
      /problem {2}group-policies: the policy "muster-quarantine" is not attached.*\n.*\n +-> Attach it by hand/,
    );
    expect(output.at(-1)).toMatch(/^\d+ problems, \d+ notes, \d+ ok\.$/);
  });

  test('looks at what a deployment needs when told to, and prints one JSON object for programs', async () => {
    const { output } = await doctor('--before', '--json');
    const { phase, findings } = JSON.parse(output.join('\n')) as {
      readonly phase: string;
      readonly findings: readonly { readonly check: string }[];
    };
    expect(phase).toBe('before');
    expect(findings[0]).toMatchObject({ check: 'credentials', level: 'ok' });
  });

  test('takes --before or --after, not both', async () => {
    await expect(doctor('--before', '--after')).rejects.toThrow('cannot be used with');
  });
});
