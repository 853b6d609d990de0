import {
  CloudWatchClient,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  PutMetricDataCommand,
  type MetricDatum,
} from '@aws-sdk/client-cloudwatch';
import { createCloudWatchService } from '../../../local/cloudwatch/cloudwatch-service.ts';
import { ManualClock } from '../../../local/manual-clock.ts';
import type { ServiceEndpoint } from '../service-endpoint.ts';
import { serve, testAccount, testStartMs } from '../service-endpoint.ts';

const clock = new ManualClock(testStartMs);
const { api, metrics } = createCloudWatchService({ account: testAccount, clock });
let endpoint: ServiceEndpoint;
let cloudWatch: CloudWatchClient;

beforeAll(async () => {
  endpoint = await serve(api);
  cloudWatch = new CloudWatchClient(endpoint.config);
});

afterAll(async () => {
  cloudWatch.destroy();
  await endpoint.stop();
});

const minuteMs = 60_000;
const put = (...MetricData: readonly MetricDatum[]) =>
  cloudWatch.send(new PutMetricDataCommand({ Namespace: 'Doors', MetricData: [...MetricData] }));

const statistics = async (MetricName: string, more: { readonly Period?: number; readonly hours?: number; readonly door?: string } = {}) => {
  const { Period = 60, hours = 1, door } = more;
  const answer = await cloudWatch.send(
    new GetMetricStatisticsCommand({
      Namespace: 'Doors',
      MetricName,
      Dimensions: door === undefined ? [] : [{ Name: 'Door', Value: door }],
      StartTime: new Date(clock.now() - (hours - 1) * 60 * minuteMs),
      EndTime: new Date(clock.now() + 60 * minuteMs),
      Period,
      Statistics: ['SampleCount', 'Sum', 'Average', 'Minimum', 'Maximum'],
    }),
  );
  return answer.Datapoints ?? [];
};

describe('Metric data', () => {
  test('of one minute becomes one data point with all its statistics', async () => {
    await put({ MetricName: 'Opened', Value: 3, Unit: 'Count' }, { MetricName: 'Opened', Value: 5, Unit: 'Count' });
    expect(await statistics('Opened')).toEqual([
      { Timestamp: new Date(testStartMs), Unit: 'Count', SampleCount: 2, Sum: 8, Average: 4, Minimum: 3, Maximum: 5 },
    ]);
  });

  test('of several minutes is added up over the period asked for', async () => {
    for (const value of [1, 2, 4]) {
      await put({ MetricName: 'Closed', Value: value });
      clock.advance(minuteMs);
    }
    const [each, all] = await Promise.all([statistics('Closed', { hours: 2 }), statistics('Closed', { hours: 2, Period: 7200 })]);
    expect(each.map(({ Sum }) => Sum)).toEqual([1, 2, 4]);
    expect(all).toMatchObject([{ Sum: 7, SampleCount: 3, Minimum: 1, Maximum: 4 }]);
  });

  test('comes as values with counts and as sets of statistics, too', async () => {
    await put({ MetricName: 'Held', Values: [2, 10], Counts: [3, 1] });
    await put({ MetricName: 'Held', StatisticValues: { SampleCount: 2, Sum: 9, Minimum: 1, Maximum: 8 } });
    expect(await statistics('Held')).toMatchObject([{ SampleCount: 6, Sum: 25, Minimum: 1, Maximum: 10 }]);
  });

  test('of other dimensions is another metric', async () => {
    await put({ MetricName: 'Rung', Value: 1, Dimensions: [{ Name: 'Door', Value: 'front' }] });
    expect(await statistics('Rung', { door: 'front' })).toHaveLength(1);
    expect(await statistics('Rung', { door: 'back' })).toEqual([]);
    expect(await statistics('Rung')).toEqual([]);
  });

  test('that the SDK compresses is read', async () => {
    const many = Array.from({ length: 400 }, (_, index) => ({ MetricName: 'Compressed', Value: index, Unit: 'Count' as const }));
    await put(...many);
    expect(await statistics('Compressed')).toMatchObject([{ SampleCount: 400, Maximum: 399 }]);
  });

  test('is read by GetMetricData, newest first unless asked otherwise', async () => {
    await put({ MetricName: 'Knocked', Value: 1 });
    clock.advance(minuteMs);
    await put({ MetricName: 'Knocked', Value: 2 });
    const MetricStat = { Metric: { Namespace: 'Doors', MetricName: 'Knocked' }, Period: 60, Stat: 'Sum' };
    const read = async (ScanBy?: 'TimestampAscending') => {
      const range = { StartTime: new Date(clock.now() - 5 * minuteMs), EndTime: new Date(clock.now() + minuteMs) };
      return cloudWatch.send(new GetMetricDataCommand({ ...range, ScanBy, MetricDataQueries: [{ Id: 'knocks', MetricStat }] }));
    };
    expect((await read()).MetricDataResults).toEqual([
      {
        Id: 'knocks',
        Label: 'Knocked',
        Timestamps: [new Date(clock.now()), new Date(clock.now() - minuteMs)],
        Values: [2, 1],
        StatusCode: 'Complete',
      },
    ]);
    expect((await read('TimestampAscending')).MetricDataResults?.[0]?.Values).toEqual([1, 2]);
  });
});

describe('ListMetrics', () => {
  test('finds metrics by namespace, name and dimensions', async () => {
    await put({ MetricName: 'Locked', Value: 1, Dimensions: [{ Name: 'Door', Value: 'cellar' }] });
    const listed = await cloudWatch.send(new ListMetricsCommand({ Namespace: 'Doors', Dimensions: [{ Name: 'Door', Value: 'cellar' }] }));
    expect(listed.Metrics).toEqual([{ Namespace: 'Doors', MetricName: 'Locked', Dimensions: [{ Name: 'Door', Value: 'cellar' }] }]);
    expect((await cloudWatch.send(new ListMetricsCommand({ Namespace: 'Windows' }))).Metrics).toEqual([]);
  });

  test('no longer lists what was silent for two weeks', async () => {
    await put({ MetricName: 'Forgotten', Value: 1 });
    clock.advance(15 * 24 * 60 * minuteMs);
    expect((await cloudWatch.send(new ListMetricsCommand({ MetricName: 'Forgotten' }))).Metrics).toEqual([]);
  });
});

describe('CloudWatch refuses', () => {
  const refusals: readonly (readonly [string, () => Promise<unknown>, string])[] = [
    [
      'data in a namespace of AWS',
      () => cloudWatch.send(new PutMetricDataCommand({ Namespace: 'AWS/IoT', MetricData: [] })),
      'InvalidParameterValueException',
    ],
    [
      'data that is three weeks old',
      () => put({ MetricName: 'Old', Value: 1, Timestamp: new Date(clock.now() - 21 * 86_400_000) }),
      'InvalidParameterValueException',
    ],
    ['data without a value', () => put({ MetricName: 'Empty' }), 'MissingRequiredParameterException'],
    ['data with two kinds of values', () => put({ MetricName: 'Two', Value: 1, Values: [1] }), 'InvalidParameterCombinationException'],
    ['a period of less than a minute', () => statistics('Opened', { Period: 30 }), 'InvalidParameterValueException'],
    ['more than 1,440 data points', () => statistics('Opened', { hours: 25 }), 'InvalidParameterCombinationException'],
  ];

  test.each(refusals)('%s', async (_, request, name) => {
    await expect(request()).rejects.toMatchObject({ name });
  });
});

test('A counter adds to the minute of the clock', async () => {
  const counter = metrics.counter({ namespace: 'Doors', metricName: 'Counted', dimensions: {}, unit: 'None' });
  for (let count = 0; count < 1000; count += 1) counter.count();
  clock.advance(minuteMs);
  counter.count(0);
  expect(await statistics('Counted', { hours: 2 })).toMatchObject([
    { Sum: 1000, SampleCount: 1000 },
    { Sum: 0, SampleCount: 1 },
  ]);
});
