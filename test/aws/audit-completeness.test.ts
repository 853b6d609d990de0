import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createCloudWatchLossCounts } from '../../aws/cloudwatch/loss-counts.ts';
import { createS3BalanceStore } from '../../aws/s3/balance-store.ts';
import { createS3Tallies } from '../../aws/s3/tallies.ts';
import { emptySheet, lossMetrics } from '../../domain/audit/loss.ts';
import { tallyKeyOf } from '../../domain/audit/tally.ts';
import { HOUR_MS, MINUTE_MS } from '../../domain/duration.ts';
import { createCloudWatchService } from '../../local/cloudwatch/cloudwatch-service.ts';
import { ManualClock } from '../../local/manual-clock.ts';
import { createS3Service } from '../../local/s3/s3-service.ts';
import { type ServiceEndpoint, serve, testAccount, testStartMs } from '../local/service-endpoint.ts';

const Bucket = 'staging';
const NOON = testStartMs - (testStartMs % HOUR_MS);
const DAY = { from: NOON - 24 * HOUR_MS, until: NOON };

const endpoints: ServiceEndpoint[] = [];
const stops: (() => void)[] = [];
let s3: S3Client;
let cloudWatch: CloudWatchClient;
beforeEach(async () => {
  const clock = new ManualClock(testStartMs);
  const metrics = createCloudWatchService({ account: testAccount, clock, notify: () => undefined });
  const [objects, counts] = [await serve(createS3Service({ account: testAccount, clock }).api), await serve(metrics.api)];
  endpoints.push(objects, counts);
  [s3, cloudWatch] = [new S3Client(objects.config), new CloudWatchClient(counts.config)];
  stops.push(() => {
    metrics.stop();
    s3.destroy();
    cloudWatch.destroy();
  });
  await s3.send(new CreateBucketCommand({ Bucket }));
});
afterEach(async () => {
  for (const stop of stops.splice(0)) stop();
  for (const endpoint of endpoints.splice(0)) await endpoint.stop();
});

const tally = (minutesAgo: number, lines: number, digit = 'a') =>
  s3.send(
    new PutObjectCommand({
      Bucket,
      Key: tallyKeyOf({ minute: NOON - minutesAgo * MINUTE_MS, lines }, digit.repeat(64)),
      Body: new Uint8Array(),
    }),
  );

describe('What was stored to be sealed', () => {
  test('is counted by the minutes of the log', async () => {
    for (const [minutesAgo, lines] of [
      [1, 2],
      [61, 5],
      [23 * 60, 7],
    ] as const)
      await tally(minutesAgo, lines);
    await tally(61, 1, 'b');
    await s3.send(new PutObjectCommand({ Bucket, Key: 'intake/2026-01-01/x.jsonl.gz', Body: new Uint8Array() }));
    const found = await createS3Tallies(s3, Bucket)(DAY);
    expect([...found].toSorted(([one], [other]) => other - one)).toEqual([
      [NOON - MINUTE_MS, 2],
      [NOON - 61 * MINUTE_MS, 6],
      [NOON - 23 * 60 * MINUTE_MS, 7],
    ]);
  });
});

describe('The sheet of balances', () => {
  test('is none at first, and then what was written last', async () => {
    const store = createS3BalanceStore(s3, Bucket);
    expect(await store.read()).toBeUndefined();
    await store.write(emptySheet(NOON));
    const next = { ...emptySheet(NOON), events: { owed: -3, evenAt: NOON - 1 } };
    await store.write(next);
    expect(await store.read()).toEqual(next);
  });

  test('is not made up where something else is in its place', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'balance.json', Body: '{}' }));
    await expect(createS3BalanceStore(s3, Bucket).read()).rejects.toThrow();
  });
});

describe('What CloudWatch counted', () => {
  const count = (Namespace: string, MetricName: string, [minutesAgo, Value]: readonly [number, number], functionName?: string) =>
    cloudWatch.send(
      new PutMetricDataCommand({
        Namespace,
        MetricData: [
          {
            ...{ MetricName, Value, Timestamp: new Date(NOON - minutesAgo * MINUTE_MS) },
            Dimensions: functionName === undefined ? [] : [{ Name: 'FunctionName', Value: functionName }],
          },
        ],
      }),
    );
  const countsOf = (hookName: string | undefined) =>
    createCloudWatchLossCounts(cloudWatch, { prefix: 'muster', hookName, tallies: createS3Tallies(s3, Bucket) });

  beforeEach(async () => {
    await count('Muster/muster', lossMetrics.eventsLogged, [2, 9]);
    await count('Muster/muster', lossMetrics.decisionsLogged, [2, 3]);
    await count('Muster/other', lossMetrics.decisionsLogged, [2, 100]);
    await tally(2, 8);
  });

  test('is calls of the hook beside its decisions, and events in the log beside those that were stored', async () => {
    await count('Sham/Lambda', 'Invocations', [2, 50], 'the-hook');
    const { decisions, events } = await countsOf('the-hook').between(DAY);
    expect([decisions.expected.size, [...decisions.found]]).toEqual([0, [[NOON - 2 * MINUTE_MS, 3]]]);
    expect(events).toEqual({ expected: new Map([[NOON - 2 * MINUTE_MS, 9]]), found: new Map([[NOON - 2 * MINUTE_MS, 8]]) });
  });

  test('is no decision at all where no device comes by claim', async () => {
    const { decisions, events } = await countsOf(undefined).between(DAY);
    expect([decisions.expected.size, decisions.found.size, events.expected.size]).toEqual([0, 0, 1]);
  });
});
