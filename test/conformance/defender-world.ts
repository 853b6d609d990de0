import {
  DescribeAuditTaskCommand,
  type DescribeAuditTaskResponse,
  ListAuditFindingsCommand,
  type AuditFinding,
  IoTClient,
  StartOnDemandAuditTaskCommand,
  UpdateAccountAuditConfigurationCommand,
} from '@aws-sdk/client-iot';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { LocalAwsOptions } from '../../local/main.ts';
import { ManualClock } from '../../local/manual-clock.ts';
import { RunningAws } from '../local/control/running-aws.ts';

const trusting = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'iot.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

const allowing = (...Action: readonly string[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });

/** The whole of an hour and a day. */
export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** An account on a clock of its own whose audits can be configured, run and heard of. */
export const startDefenderWorld = async (iotBehaviour: LocalAwsOptions['iotBehaviour'] = {}) => {
  const clock = new ManualClock(Date.UTC(2026, 10, 22));
  const local = await RunningAws.start({ clock, iotBehaviour, iotSettings: { operationRates: 'off' } });
  const iot = new IoTClient(local.config);
  const [iam, sns, sqs] = [new IAMClient(local.config), new SNSClient(local.config), new SQSClient(local.config)];
  afterAll(async () => {
    for (const client of [iot, iam, sns, sqs]) client.destroy();
    await local.stop();
  });
  let count = 0;
  const role = async (...actions: readonly string[]): Promise<string> => {
    const RoleName = `role-${(count += 1)}`;
    const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trusting }));
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument: allowing(...actions) }));
    return Role?.Arn ?? '';
  };
  /** A topic, with what was published to it. */
  const topic = async () => {
    const Name = `told-${(count += 1)}`;
    const [{ TopicArn = '' }, { QueueUrl = '' }] = await Promise.all([
      sns.send(new CreateTopicCommand({ Name })),
      sqs.send(new CreateQueueCommand({ QueueName: Name })),
    ]);
    const Endpoint = `arn:aws:sqs:us-east-1:${local.aws.account.accountId}:${Name}`;
    const Statement = { Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: Endpoint };
    await sqs.send(
      new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: JSON.stringify({ Version: '2012-10-17', Statement }) } }),
    );
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint, Attributes: { RawMessageDelivery: 'true' } }));
    const heard = async (): Promise<readonly unknown[]> => {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
      return Messages.map(({ Body = '' }) => JSON.parse(Body) as unknown);
    };
    return { arn: TopicArn, heard };
  };
  const enable = async (names: readonly string[], roleArn: string, configuration: Readonly<Record<string, string>> = {}): Promise<void> => {
    const checks = names.map((name) => [name, { enabled: true, ...(Object.keys(configuration).length === 0 ? {} : { configuration }) }]);
    await iot.send(
      new UpdateAccountAuditConfigurationCommand({
        roleArn,
        auditCheckConfigurations: Object.fromEntries(checks) as Record<string, object>,
      }),
    );
  };
  const start = async (...targetCheckNames: readonly string[]): Promise<string> =>
    (await iot.send(new StartOnDemandAuditTaskCommand({ targetCheckNames: [...targetCheckNames] }))).taskId ?? '';
  const describe = (taskId: string): Promise<DescribeAuditTaskResponse> => iot.send(new DescribeAuditTaskCommand({ taskId }));
  const findings = async (taskId: string): Promise<readonly AuditFinding[]> =>
    (await iot.send(new ListAuditFindingsCommand({ taskId }))).findings ?? [];
  /** Runs checks, waits until they are over, and answers what they found. */
  const audit = async (...names: readonly string[]): Promise<readonly AuditFinding[]> => {
    const taskId = await start(...names);
    clock.advance(60_000);
    return findings(taskId);
  };
  return { clock, local, iot, role, topic, enable, start, describe, findings, audit };
};
