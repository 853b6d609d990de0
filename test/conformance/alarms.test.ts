import { CloudWatchClient, PutMetricAlarmCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { CreateKeyCommand, KMSClient, PutKeyPolicyCommand } from '@aws-sdk/client-kms';
import {
  ConfirmSubscriptionCommand,
  CreateTopicCommand,
  ListSubscriptionsByTopicCommand,
  PublishCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';

import type { LocalAws } from '../../local/main.ts';
import { startLocalAws } from '../../local/main.ts';
import { RunningClock } from '../../local/running-clock.ts';
import { documented } from './fact.ts';

const clock = new RunningClock();
let aws: LocalAws;
let sns: SNSClient;
let cloudWatch: CloudWatchClient;
let kms: KMSClient;
let made = 0;

beforeAll(async () => {
  aws = await startLocalAws({ clock });
  const config = { endpoint: aws.endpoint, region: aws.account.region, credentials: aws.credentials, maxAttempts: 1 };
  [sns, cloudWatch, kms] = [new SNSClient(config), new CloudWatchClient(config), new KMSClient(config)];
});
afterAll(async () => {
  for (const client of [sns, cloudWatch, kms]) client.destroy();
  await aws.stop();
});

const topic = async (Attributes: Readonly<Record<string, string>> = {}): Promise<string> => {
  made += 1;
  return (await sns.send(new CreateTopicCommand({ Name: `topic-${String(made)}`, Attributes }))).TopicArn ?? '';
};

/** An alarm goes off; answers what its topic got. */
const raise = async (TopicArn: string): Promise<readonly unknown[]> => {
  made += 1;
  const AlarmName = `alarm-${String(made)}`;
  await cloudWatch.send(
    new PutMetricAlarmCommand({
      ...{ AlarmName, Namespace: 'N', MetricName: 'M', Statistic: 'Sum', Period: 60, EvaluationPeriods: 1, Threshold: 1 },
      ...{ ComparisonOperator: 'GreaterThanThreshold', AlarmActions: [TopicArn] },
    }),
  );
  await cloudWatch.send(new SetAlarmStateCommand({ AlarmName, StateValue: 'ALARM', StateReason: 'test' }));
  return aws.services.sns.published(TopicArn).messages.flatMap(({ body }) => (body.startsWith('{') ? [JSON.parse(body) as unknown] : []));
};

const policy = (...Statement: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });

const root = (): object => ({
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${aws.account.accountId}:root` },
  Action: 'kms:*',
  Resource: '*',
});
const alarmsMayUseKey = {
  Effect: 'Allow',
  Principal: { Service: 'cloudwatch.amazonaws.com' },
  Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
  Resource: '*',
};

const encrypting = 'SNS developer guide, "Enable compatibility between event sources from AWS services and encrypted topics"';
const mailing = 'SNS developer guide, "Email notifications"';

interface Letter {
  readonly subject: string;
  readonly body: string;
  readonly confirmation?: { readonly token: string; readonly url: string };
}

const mailTo = async (to: string): Promise<readonly Letter[]> => {
  const response = await fetch(`${aws.endpoint}/_local/mail?to=${encodeURIComponent(to)}`);
  return ((await response.json()) as { readonly mail: readonly Letter[] }).mail;
};

describe('An alarm', () => {
  documented(
    'SNS developer guide, "Example cases for Amazon SNS access control"',
    'reaches a topic whose policy lets CloudWatch publish',
    async () => {
      const own = await topic();
      expect(await raise(own)).toMatchObject([{ NewStateValue: 'ALARM' }]);
      const AttributeName = 'Policy';
      const publish = { Effect: 'Allow', Action: 'sns:Publish', Resource: own, Principal: { Service: 'cloudwatch.amazonaws.com' } };
      const other = { ...publish, Condition: { StringEquals: { 'aws:SourceAccount': '999999999999' } } };
      await sns.send(new SetTopicAttributesCommand({ TopicArn: own, AttributeName, AttributeValue: policy(other) }));
      expect(await raise(own)).toHaveLength(1);
      const fromHere = { ...publish, Condition: { StringEquals: { 'aws:SourceAccount': aws.account.accountId } } };
      await sns.send(new SetTopicAttributesCommand({ TopicArn: own, AttributeName, AttributeValue: policy(fromHere) }));
      expect(await raise(own)).toHaveLength(2);
    },
  );

  documented(encrypting, 'gets nothing through to an encrypted topic whose key does not let CloudWatch in', async () => {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Policy: policy(root()) }));
    const KeyId = KeyMetadata?.KeyId ?? '';
    const encrypted = await topic({ KmsMasterKeyId: KeyId });
    expect(await raise(encrypted)).toEqual([]);
    await kms.send(new PutKeyPolicyCommand({ KeyId, PolicyName: 'default', Policy: policy(root(), alarmsMayUseKey) }));
    expect(await raise(encrypted)).toHaveLength(1);
    expect(await raise(await topic({ KmsMasterKeyId: 'alias/aws/sns' }))).toEqual([]);
  });
});

describe('A subscription by e-mail', () => {
  documented(mailing, 'is pending, and gets nothing, until the link in its mail is followed', async () => {
    const TopicArn = await topic();
    const { SubscriptionArn } = await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'ops@example.com' }));
    expect(SubscriptionArn).toBe('pending confirmation');
    await sns.send(new PublishCommand({ TopicArn, Message: 'too early' }));
    const [question, ...rest] = await mailTo('ops@example.com');
    expect([question?.subject, rest]).toEqual(['AWS Notification - Subscription Confirmation', []]);
    expect(await (await fetch(question?.confirmation?.url ?? '')).text()).toContain('Subscription confirmed');
    const listed = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    expect(listed.Subscriptions).toMatchObject([
      { SubscriptionArn: expect.stringMatching(`^${TopicArn}:`) as unknown, Endpoint: 'ops@example.com' },
    ]);
    await raise(TopicArn);
    const letter = (await mailTo('ops@example.com')).at(-1);
    expect(letter?.subject).toMatch(/^ALARM: "alarm-\d+" in US East \(N. Virginia\)$/);
    expect(letter?.body).toContain('has entered the ALARM state');
  });

  documented('SNS API reference, ConfirmSubscription', 'is confirmed by its token, which is valid for two days', async () => {
    const TopicArn = await topic();
    const ask = async (): Promise<string> => {
      await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email-json', Endpoint: 'robot@example.com' }));
      return (await mailTo('robot@example.com')).at(-1)?.confirmation?.token ?? '';
    };
    const Token = await ask();
    clock.advance(2 * 86_400_000);
    await expect(sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token }))).rejects.toThrow('Invalid parameter: Token');
    await sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token: await ask() }));
    await sns.send(new PublishCommand({ TopicArn, Message: 'hello', Subject: 'Hi' }));
    const letter = (await mailTo('robot@example.com')).at(-1);
    expect(letter?.subject).toBe('Hi');
    expect(JSON.parse(letter?.body ?? '')).toMatchObject({ Type: 'Notification', Message: 'hello', TopicArn });
  });
});
