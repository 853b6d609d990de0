import { CloudWatchClient, DescribeAlarmsCommand, GetMetricStatisticsCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { createCloudWatchClaimAlarms } from '../../../aws/cloudwatch/claim-alarms.ts';
import { createCloudWatchClaimGauge } from '../../../aws/cloudwatch/claim-gauge.ts';
import { createCloudWatchClaimUse } from '../../../aws/cloudwatch/claim-use.ts';
import { claimMetrics } from '../../../domain/claim/claim-metrics.ts';
import { parseConfiguration } from '../../../domain/configuration.ts';
import { createCloudWatchService } from '../../../local/cloudwatch/cloudwatch-service.ts';
import { ManualClock } from '../../../local/manual-clock.ts';
import { aClaimName } from '../../builders/identifiers.ts';
import { type ServiceEndpoint, serve, testAccount, testStartMs } from '../../local/service-endpoint.ts';

const topicArn = 'arn:aws:sns:eu-central-1:123456789012:alarms';
const told: string[] = [];

let clock: ManualClock;
let service: ReturnType<typeof createCloudWatchService>;
let endpoint: ServiceEndpoint;
let client: CloudWatchClient;
beforeEach(async () => {
  told.length = 0;
  clock = new ManualClock(testStartMs);
  service = createCloudWatchService({
    account: testAccount,
    clock,
    notify: ({ message }) => {
      told.push(JSON.stringify(message));
    },
  });
  endpoint = await serve(service.api);
  client = new CloudWatchClient(endpoint.config);
});
afterEach(async () => {
  service.stop();
  client.destroy();
  await endpoint.stop();
});

const name = aClaimName('batch-7');
const count = (metricName: string, value: number, claim = 'batch-7') =>
  client.send(
    new PutMetricDataCommand({
      Namespace: 'Muster/muster',
      MetricData: [
        { MetricName: metricName, Value: value, Dimensions: [{ Name: 'Claim', Value: claim }], Timestamp: new Date(clock.now()) },
      ],
    }),
  );

describe('The alarms of a claim', () => {
  const alarms = () => createCloudWatchClaimAlarms(client, { prefix: 'muster', topicArn, alarms: parseConfiguration({}, ['pki']).alarms });
  const described = async () => (await client.send(new DescribeAlarmsCommand({}))).MetricAlarms ?? [];

  test('come and go with it, and again', async () => {
    await alarms().put(name);
    await alarms().put(name);
    expect((await described()).map(({ AlarmName, Threshold }) => [AlarmName, Threshold])).toEqual([
      ['muster-claim-batch-7-enumeration', 5],
      ['muster-claim-batch-7-quota', 90],
      ['muster-claim-batch-7-refusals', 20],
    ]);
    await alarms().remove(name);
    await alarms().remove(name);
    expect(await described()).toEqual([]);
  });

  test('tell the topic, of their own claim only, and where to read what to do', async () => {
    await alarms().put(name);
    await alarms().put(aClaimName('other'));
    await count(claimMetrics.refusalsOf('enumeration'), 5);
    clock.advance(6 * 60_000);
    const alarming = (await described()).filter(({ StateValue }) => StateValue === 'ALARM');
    expect(alarming.map(({ AlarmName }) => AlarmName)).toEqual(['muster-claim-batch-7-enumeration']);
    expect(alarming[0]?.AlarmActions).toEqual([topicArn]);
    expect(told.join()).toContain('docs/runbook.md');
  });

  test('leave it to the alarm of its line to tell of refusals: they say only which claim it is', async () => {
    await alarms().put(name);
    await count(claimMetrics.refusals, 20);
    clock.advance(6 * 60_000);
    const alarming = (await described()).filter(({ StateValue }) => StateValue === 'ALARM');
    expect(alarming.map(({ AlarmName }) => AlarmName)).toEqual(['muster-claim-batch-7-refusals']);
    expect(told).toEqual([]);
  });
});

describe('The use of claims', () => {
  test('is counted by class within a time', async () => {
    await count(claimMetrics.refusalsOf('identity'), 9);
    clock.advance(3 * 3_600_000);
    const from = clock.now() - 3_600_000;
    await count(claimMetrics.refusalsOf('enumeration'), 2);
    await count(claimMetrics.refusalsOf('enumeration'), 1);
    await count(claimMetrics.refusalsOf('misuse'), 4, 'other');
    const counted = await createCloudWatchClaimUse(client, 'muster').refusalsSince([name, aClaimName('other')], {
      from,
      to: clock.now() + 60_000,
    });
    expect(counted.get(name)).toEqual({ misuse: 0, enumeration: 3, identity: 0, waiting: 0, withdrawn: 0, fault: 0 });
    expect(counted.get(aClaimName('other'))).toMatchObject({ misuse: 4 });
  });

  test('is asked for many claims in few requests', async () => {
    const names = Array.from({ length: 100 }, (_, index) => aClaimName(`batch-${index}`));
    await count(claimMetrics.refusalsOf('fault'), 1, 'batch-99');
    const counted = await createCloudWatchClaimUse(client, 'muster').refusalsSince(names, {
      from: clock.now() - 60_000,
      to: clock.now() + 60_000,
    });
    expect(counted.get(aClaimName('batch-99'))).toMatchObject({ fault: 1 });
    expect(counted.size).toBe(100);
  });

  test('is told as percent of the quota, and as the days that are left', async () => {
    await createCloudWatchClaimGauge(client, 'muster').tell([{ name, quotaUsedPercent: 37.5, daysLeft: 12.5 }]);
    const told = async (MetricName: string) => {
      const { Datapoints = [] } = await client.send(
        new GetMetricStatisticsCommand({
          ...{ Namespace: 'Muster/muster', MetricName, Dimensions: [{ Name: 'Claim', Value: 'batch-7' }] },
          ...{ StartTime: new Date(clock.now() - 60_000), EndTime: new Date(clock.now() + 60_000), Period: 60, Statistics: ['Maximum'] },
        }),
      );
      return Datapoints.map(({ Maximum }) => Maximum);
    };
    expect([await told(claimMetrics.quotaUsed), await told(claimMetrics.daysLeft)]).toEqual([[37.5], [12.5]]);
  });

  test('is not told when there are no claims', async () => {
    await createCloudWatchClaimGauge(client, 'muster').tell([]);
    expect(await createCloudWatchClaimUse(client, 'muster').refusalsSince([], { from: 0, to: 1 })).toEqual(new Map());
  });
});
