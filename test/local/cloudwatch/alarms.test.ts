import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  DescribeAlarmsForMetricCommand,
  DisableAlarmActionsCommand,
  EnableAlarmActionsCommand,
  ListTagsForResourceCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
  SetAlarmStateCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../../../local/aws-error.ts';
import type { AlarmNotification } from '../../../local/cloudwatch/alarms/alarm-watch.ts';
import { createCloudWatchService } from '../../../local/cloudwatch/cloudwatch-service.ts';
import { statisticsOf } from '../../../local/cloudwatch/statistics.ts';
import { ManualClock } from '../../../local/manual-clock.ts';
import { providerOf, resourceContext } from '../resource-context.ts';
import type { ServiceEndpoint } from '../service-endpoint.ts';
import { serve, testAccount, testStartMs } from '../service-endpoint.ts';

const topicArn = 'arn:aws:sns:eu-central-1:123456789012:alarms';
const closedArn = 'arn:aws:sns:eu-central-1:123456789012:closed';
const minute = 60_000;

let clock: ManualClock;
let service: ReturnType<typeof createCloudWatchService>;
let endpoint: ServiceEndpoint;
let cloudWatch: CloudWatchClient;
const told: AlarmNotification[] = [];

beforeEach(async () => {
  told.length = 0;
  clock = new ManualClock(testStartMs);
  service = createCloudWatchService({
    ...{ account: testAccount, clock },
    notify: (notification) => {
      if (notification.topicArn === closedArn) throw new AwsError('AuthorizationError', 'not you');
      told.push(notification);
    },
  });
  endpoint = await serve(service.api);
  cloudWatch = new CloudWatchClient(endpoint.config);
});
afterEach(async () => {
  service.stop();
  cloudWatch.destroy();
  await endpoint.stop();
});

const refusals = { Namespace: 'Doors', MetricName: 'Refusals', Dimensions: [{ Name: 'Line', Value: 'a' }] };

const put = (more: Partial<PutMetricAlarmCommandInput> = {}) =>
  cloudWatch.send(
    new PutMetricAlarmCommand({
      ...{ AlarmName: 'refusals', ...refusals, Statistic: 'Sum', Period: 60, EvaluationPeriods: 1, Threshold: 3 },
      ...{
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        TreatMissingData: 'notBreaching',
        AlarmActions: [topicArn],
        OKActions: [topicArn],
      },
      ...more,
    }),
  );

const record = (value: number): void => {
  const identity = { namespace: 'Doors', metricName: 'Refusals', dimensions: { Line: 'a' }, unit: 'None' };
  service.metrics.record(identity, clock.now(), statisticsOf(value, 1));
};

const states = async (): Promise<readonly (string | undefined)[]> =>
  ((await cloudWatch.send(new DescribeAlarmsCommand({}))).MetricAlarms ?? []).map(({ StateValue }) => StateValue);

const transitions = (): readonly unknown[] =>
  told.map(
    ({ message }) =>
      [JSON.parse(message)].map(({ OldStateValue, NewStateValue }: Record<string, unknown>) => [OldStateValue, NewStateValue])[0],
  );

describe('an alarm', () => {
  test('begins with insufficient data, and is looked at every minute', async () => {
    await put();
    expect(await states()).toEqual(['INSUFFICIENT_DATA']);
    clock.advance(minute);
    expect(await states()).toEqual(['OK']);
    record(3);
    expect(await states()).toEqual(['OK']);
    clock.advance(minute);
    expect(await states()).toEqual(['ALARM']);
    expect(transitions()).toEqual([
      ['INSUFFICIENT_DATA', 'OK'],
      ['OK', 'ALARM'],
    ]);
  });

  test('tells its topic in AWS’s words', async () => {
    await put({ AlarmDescription: 'Somebody knocks', DatapointsToAlarm: 1 });
    record(5);
    clock.advance(minute);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({
      topicArn,
      alarmArn: 'arn:aws:cloudwatch:eu-central-1:123456789012:alarm:refusals',
      subject: 'ALARM: "refusals" in EU (Frankfurt)',
    });
    expect(JSON.parse(told[0]?.message ?? '')).toEqual({
      AlarmName: 'refusals',
      AlarmDescription: 'Somebody knocks',
      AWSAccountId: '123456789012',
      AlarmConfigurationUpdatedTimestamp: '2026-11-22T00:00:00.000+0000',
      NewStateValue: 'ALARM',
      NewStateReason:
        'Threshold Crossed: 1 out of the last 1 datapoint [5.0 (22/11/26 00:00:00)] was greater than or equal to the threshold (3.0) (minimum 1 datapoint for OK -> ALARM transition).',
      StateChangeTime: '2026-11-22T00:01:00.000+0000',
      Region: 'EU (Frankfurt)',
      AlarmArn: 'arn:aws:cloudwatch:eu-central-1:123456789012:alarm:refusals',
      OldStateValue: 'INSUFFICIENT_DATA',
      OKActions: [topicArn],
      AlarmActions: [topicArn],
      InsufficientDataActions: [],
      Trigger: {
        MetricName: 'Refusals',
        Namespace: 'Doors',
        StatisticType: 'Statistic',
        Statistic: 'SUM',
        Unit: null,
        Dimensions: [{ value: 'a', name: 'Line' }],
        Period: 60,
        EvaluationPeriods: 1,
        DatapointsToAlarm: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        Threshold: 3,
        TreatMissingData: 'notBreaching',
        EvaluateLowSampleCountPercentile: '',
      },
    });
    expect(told[0]?.mail).toContain('has entered the ALARM state');
  });

  test('adds its period up, and needs as many datapoints as it says', async () => {
    await put({ Period: 300, EvaluationPeriods: 2, DatapointsToAlarm: 2 });
    for (let passed = 0; passed < 5; passed++) {
      record(1);
      clock.advance(minute);
    }
    expect(await states()).toEqual(['OK']);
    for (let passed = 0; passed < 5; passed++) {
      record(1);
      clock.advance(minute);
    }
    expect(await states()).toEqual(['ALARM']);
  });

  test('stays while its datapoint is in range, and recovers after that', async () => {
    await put();
    record(9);
    clock.advance(3 * minute);
    expect(await states()).toEqual(['ALARM']);
    clock.advance(minute);
    expect(await states()).toEqual(['OK']);
    const reason = 'Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [NonBreaching].';
    expect((await cloudWatch.send(new DescribeAlarmsCommand({}))).MetricAlarms?.[0]).toMatchObject({ StateReason: reason });
  });

  test('without data says so, unless it treats that otherwise', async () => {
    for (const TreatMissingData of ['missing', 'ignore', 'breaching']) await put({ AlarmName: TreatMissingData, TreatMissingData });
    clock.advance(minute);
    expect(await states()).toEqual(['ALARM', 'INSUFFICIENT_DATA', 'INSUFFICIENT_DATA']);
  });

  test('acts on every change within a jump of the clock', async () => {
    await put();
    record(9);
    clock.advance(24 * 60 * minute);
    expect(transitions()).toEqual([
      ['INSUFFICIENT_DATA', 'ALARM'],
      ['ALARM', 'OK'],
    ]);
  });

  test('does not act while its actions are disabled, nor when it is deleted', async () => {
    await put();
    await cloudWatch.send(new DisableAlarmActionsCommand({ AlarmNames: ['refusals', 'unknown'] }));
    clock.advance(minute);
    expect([await states(), told]).toEqual([['OK'], []]);
    await cloudWatch.send(new EnableAlarmActionsCommand({ AlarmNames: ['refusals'] }));
    record(9);
    clock.advance(minute);
    expect(told).toHaveLength(1);
    await cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: ['refusals'] }));
    clock.advance(10 * minute);
    expect(told).toHaveLength(1);
  });

  test('can be put into a state, which the next evaluation puts right', async () => {
    await put();
    clock.advance(minute);
    await cloudWatch.send(new SetAlarmStateCommand({ AlarmName: 'refusals', StateValue: 'ALARM', StateReason: 'a drill' }));
    expect(JSON.parse(told.at(-1)?.message ?? '')).toMatchObject({ NewStateValue: 'ALARM', NewStateReason: 'a drill' });
    clock.advance(minute);
    expect(await states()).toEqual(['OK']);
  });

  test('remembers what it did, and what it could not do', async () => {
    await put({ AlarmActions: [closedArn] });
    record(9);
    clock.advance(minute);
    const history = await cloudWatch.send(new DescribeAlarmHistoryCommand({ AlarmName: 'refusals', ScanBy: 'TimestampAscending' }));
    expect(history.AlarmHistoryItems?.map(({ HistoryItemType, HistorySummary }) => [HistoryItemType, HistorySummary])).toEqual([
      ['ConfigurationUpdate', 'Alarm "refusals" created'],
      ['StateUpdate', 'Alarm updated from INSUFFICIENT_DATA to ALARM'],
      ['Action', `Failed to execute action ${closedArn}. Received error: "not you"`],
    ]);
  });
});

describe('the operations', () => {
  test('describe alarms by name, prefix, state, action and metric', async () => {
    await put({ AlarmName: 'a-1' });
    await put({ AlarmName: 'b-1', AlarmActions: [], OKActions: [] });
    const names = async (input: object): Promise<readonly (string | undefined)[]> =>
      ((await cloudWatch.send(new DescribeAlarmsCommand(input))).MetricAlarms ?? []).map(({ AlarmName }) => AlarmName);
    expect(await names({ AlarmNames: ['b-1', 'x'] })).toEqual(['b-1']);
    expect(await names({ AlarmNamePrefix: 'a' })).toEqual(['a-1']);
    expect(await names({ StateValue: 'OK' })).toEqual([]);
    expect(await names({ ActionPrefix: 'arn:aws:sns' })).toEqual(['a-1']);
    expect(await names({ AlarmTypes: ['CompositeAlarm'] })).toEqual([]);
    const first = await cloudWatch.send(new DescribeAlarmsCommand({ MaxRecords: 1 }));
    expect(await names({ MaxRecords: 1, NextToken: first.NextToken })).toEqual(['b-1']);
    expect((await cloudWatch.send(new DescribeAlarmsForMetricCommand(refusals))).MetricAlarms).toHaveLength(2);
    await expect(cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: ['a-1', 'x'] }))).rejects.toMatchObject({
      name: 'ResourceNotFound',
    });
    expect(await names({})).toEqual(['a-1', 'b-1']);
  });

  test('tag alarms', async () => {
    await put({ Tags: [{ Key: 'a', Value: '1' }] });
    const ResourceARN = 'arn:aws:cloudwatch:eu-central-1:123456789012:alarm:refusals';
    await cloudWatch.send(new TagResourceCommand({ ResourceARN, Tags: [{ Key: 'b', Value: '2' }] }));
    await cloudWatch.send(new UntagResourceCommand({ ResourceARN, TagKeys: ['a'] }));
    expect((await cloudWatch.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags).toEqual([{ Key: 'b', Value: '2' }]);
  });

  test.each<[Partial<PutMetricAlarmCommandInput>, string]>([
    [{ Period: 10 }, 'high-resolution'],
    [{ DatapointsToAlarm: 2 }, 'DatapointsToAlarm'],
    [{ EvaluationPeriods: 1441 }, 'more than a day'],
    [{ AlarmActions: ['arn:aws:lambda:eu-central-1:123456789012:function:f'] }, 'ARN of a topic'],
    [{ ComparisonOperator: 'GreaterThanUpperThreshold' }, 'compare with a threshold'],
    [{ ExtendedStatistic: 'p99' }, 'percentiles'],
  ])('refuse %j', async (more, message) => {
    await expect(put(more)).rejects.toThrow(message);
  });
});

test('AWS::CloudWatch::Alarm is made, changed and removed', async () => {
  const provider = providerOf(service.resources, 'AWS::CloudWatch::Alarm');
  const from = {
    ...refusals,
    Statistic: 'Sum',
    Period: '60',
    EvaluationPeriods: 1,
    Threshold: 3,
    ComparisonOperator: 'GreaterThanThreshold',
  };
  const state = await provider.create(from, resourceContext());
  expect(state.attributes['Arn']).toBe(`arn:aws:cloudwatch:eu-central-1:123456789012:alarm:${state.physicalId}`);
  await provider.update(state, { from, to: { ...from, Threshold: '7.5' } }, resourceContext());
  expect((await cloudWatch.send(new DescribeAlarmsCommand({}))).MetricAlarms).toMatchObject([
    { AlarmName: state.physicalId, Threshold: 7.5 },
  ]);
  await provider.delete(state, from, resourceContext());
  expect(await states()).toEqual([]);
});
