import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  PutCompositeAlarmCommand,
  PutMetricAlarmCommand,
  SetAlarmStateCommand,
  type StateValue,
} from '@aws-sdk/client-cloudwatch';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import type { LocalAws } from '../../local/main.ts';
import { startLocalAws } from '../../local/main.ts';
import { RunningClock } from '../../local/running-clock.ts';
import { documented } from './fact.ts';

const put = 'CloudWatch API reference, PutCompositeAlarm';
const remove = 'CloudWatch API reference, DeleteAlarms';

const clock = new RunningClock();
let aws: LocalAws;
let cloudWatch: CloudWatchClient;
let sns: SNSClient;
let made = 0;

beforeAll(async () => {
  aws = await startLocalAws({ clock });
  const config = { endpoint: aws.endpoint, region: aws.account.region, credentials: aws.credentials, maxAttempts: 1 };
  [cloudWatch, sns] = [new CloudWatchClient(config), new SNSClient(config)];
});
afterAll(async () => {
  for (const client of [cloudWatch, sns]) client.destroy();
  await aws.stop();
});

const unique = (name: string): string => {
  made += 1;
  return `${name}-${String(made)}`;
};

const aMetricAlarm = async (): Promise<string> => {
  const AlarmName = unique('child');
  await cloudWatch.send(
    new PutMetricAlarmCommand({
      ...{ AlarmName, Namespace: 'N', MetricName: AlarmName, Statistic: 'Sum', Period: 300, EvaluationPeriods: 1, Threshold: 1 },
      ...{ ComparisonOperator: 'GreaterThanOrEqualToThreshold', TreatMissingData: 'ignore' },
    }),
  );
  return AlarmName;
};

const compose = async (
  AlarmRule: string,
  more: { readonly AlarmName?: string; readonly AlarmActions?: string[] } = {},
): Promise<string> => {
  const AlarmName = more.AlarmName ?? unique('composite');
  await cloudWatch.send(new PutCompositeAlarmCommand({ ...more, AlarmName, AlarmRule }));
  return AlarmName;
};

const setTo = (AlarmName: string, StateValue: StateValue) =>
  cloudWatch.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: 'test' }));

const stateOf = async (name: string): Promise<StateValue | undefined> => {
  const { CompositeAlarms } = await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: [name], AlarmTypes: ['CompositeAlarm'] }));
  return CompositeAlarms?.[0]?.StateValue;
};

const drop = (...AlarmNames: readonly string[]) => cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: [...AlarmNames] }));

describe('A composite alarm', () => {
  documented(put, 'begins with insufficient data, is evaluated after that, and is in ALARM or OK from then on', async () => {
    const name = await compose(`INSUFFICIENT_DATA(${await aMetricAlarm()})`);
    expect(await stateOf(name)).toBe('INSUFFICIENT_DATA');
    clock.advance(60_000);
    expect(await stateOf(name)).toBe('ALARM');
  });

  documented(
    put,
    'goes by the states of its children, with AND, OR, NOT and parentheses, by their names or ARNs, quoted or not',
    async () => {
      const [a, b, c] = [await aMetricAlarm(), await aMetricAlarm(), await aMetricAlarm()];
      const arn = `arn:aws:cloudwatch:${aws.account.region}:${aws.account.accountId}:alarm:${b}`;
      const name = await compose(`(ALARM(${a}) OR ALARM("${arn}")) AND NOT ALARM("${c}") OR FALSE`);
      const seen: unknown[] = [];
      for (const [child, state] of [
        [b, 'ALARM'],
        [c, 'ALARM'],
        [c, 'OK'],
        [b, 'OK'],
        [a, 'ALARM'],
      ] as const) {
        await setTo(child, state);
        seen.push(await stateOf(name));
      }
      expect(seen).toEqual(['ALARM', 'OK', 'ALARM', 'OK', 'ALARM']);
    },
  );

  documented('CloudWatch user guide, "Combining alarms"', 'may have composite alarms for children', async () => {
    const child = await aMetricAlarm();
    const parent = await compose(`NOT ALARM(${await compose(`ALARM(${child})`)})`);
    await setTo(child, 'ALARM');
    expect(await stateOf(parent)).toBe('OK');
    await setTo(child, 'OK');
    expect(await stateOf(parent)).toBe('ALARM');
  });

  documented('CloudWatch user guide, "Combining alarms"', 'tells its topic which children are in ALARM', async () => {
    const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: unique('topic') }));
    const [child, quiet] = [await aMetricAlarm(), await aMetricAlarm()];
    const rule = `ALARM(${child}) OR ALARM(${quiet})`;
    const name = await compose(rule, { AlarmActions: [TopicArn] });
    await setTo(child, 'ALARM');
    const told = aws.services.sns
      .published(TopicArn)
      .messages.flatMap(({ body }) => (body.startsWith('{') ? [JSON.parse(body) as unknown] : []));
    expect(told).toEqual([
      expect.objectContaining({
        ...{ AlarmName: name, AlarmRule: rule, NewStateValue: 'ALARM', OldStateValue: 'INSUFFICIENT_DATA' },
        TriggeringChildren: [expect.objectContaining({ Arn: expect.stringMatching(`:alarm:${child}$`) as unknown })],
        NewStateReason: expect.stringContaining(`:alarm:${child} transitioned to ALARM at `) as unknown,
      }),
    ]);
  });

  documented('CloudWatch API reference, DescribeAlarms', 'is described to whoever asks for composite alarms', async () => {
    const child = await aMetricAlarm();
    const AlarmRule = `ALARM(${child})`;
    const AlarmNames = [await compose(AlarmRule), child];
    expect(await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames }))).toMatchObject({
      ...{ CompositeAlarms: [], MetricAlarms: [{ AlarmName: child }] },
    });
    expect(await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames, AlarmTypes: ['CompositeAlarm'] }))).toMatchObject({
      ...{ CompositeAlarms: [{ AlarmName: AlarmNames[0], AlarmRule }], MetricAlarms: [] },
    });
  });

  documented(
    'CloudWatch API reference, SetAlarmState',
    'that was put into a state stays there until one of its children changes, or its rule',
    async () => {
      const child = await aMetricAlarm();
      const rule = `ALARM(${child})`;
      const name = await compose(rule);
      clock.advance(60_000);
      await setTo(name, 'ALARM');
      clock.advance(180_000);
      expect(await stateOf(name)).toBe('ALARM');
      await compose(rule, { AlarmName: name });
      clock.advance(60_000);
      expect(await stateOf(name)).toBe('OK');
    },
  );
});

describe('The rule of a composite alarm', () => {
  documented('awsdocs/aws-cloudformation-user-guide, issue 911', 'names alarms that exist', async () => {
    await expect(compose('ALARM(nowhere)')).rejects.toThrow(
      'Could not save the composite alarm as alarms [nowhere] in the alarm rule do not exist',
    );
  });

  documented(put, 'is refused where it is none, or names more than a hundred alarms', async () => {
    const child = await aMetricAlarm();
    const wrong = ['AND', `ALARM(${child}`, `ALARM(${child}) OR`, `RINGS(${child})`, `(ALARM(${child})`, `ALARM(${child}) ALARM(${child})`];
    for (const rule of wrong) await expect(compose(rule)).rejects.toMatchObject({ name: 'ValidationException' });
    const many = Array.from({ length: 101 }, (_, index) => `ALARM(a-${index})`).join(' OR ');
    await expect(compose(many)).rejects.toThrow('more than 100 alarms');
    await expect(compose(Array(501).fill(`ALARM(${child})`).join(' OR '))).rejects.toThrow('more than 500 elements');
  });

  documented(
    put,
    'may lead back to its own alarm: then it is evaluated no more, and none of the cycle can be deleted before it is broken',
    async () => {
      const child = await aMetricAlarm();
      const first = await compose(`ALARM(${child})`);
      const second = await compose(`ALARM(${first})`);
      await setTo(child, 'OK');
      await compose(`ALARM(${child}) OR ALARM(${second})`, { AlarmName: first });
      await setTo(child, 'ALARM');
      expect([await stateOf(first), await stateOf(second)]).toEqual(['OK', 'OK']);
      await expect(drop(first)).rejects.toThrow('composite alarm(s) depending on it');
      await expect(drop(second)).rejects.toThrow('composite alarm(s) depending on it');
      await compose('FALSE', { AlarmName: first });
      await drop(second);
      await drop(first);
    },
  );
});

describe('Deleting alarms', () => {
  documented('cloud-custodian, issue 7763', 'is refused where a composite alarm depends on one of them', async () => {
    const [child, other] = [await aMetricAlarm(), await aMetricAlarm()];
    const parent = await compose(`ALARM(${child})`);
    await expect(drop(child, other)).rejects.toMatchObject({
      name: 'ValidationException',
      message: `Cannot delete ${child} as there are composite alarm(s) depending on it.`,
    });
    await drop(parent);
    await drop(child, other);
  });

  documented(remove, 'takes one composite alarm at a time, with any number of others', async () => {
    const child = await aMetricAlarm();
    const [first, second] = [await compose(`ALARM(${child})`), await compose('FALSE')];
    await expect(drop(first, second)).rejects.toMatchObject({ name: 'ValidationException' });
    await drop(first, child);
    expect(await stateOf(second)).toBeDefined();
  });
});
