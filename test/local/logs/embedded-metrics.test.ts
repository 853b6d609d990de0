import { CloudWatchLogsClient, CreateLogGroupCommand, CreateLogStreamCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { MetricStore } from '../../../local/cloudwatch/metric-store.ts';
import { createLogsService } from '../../../local/logs/logs-service.ts';
import { ManualClock } from '../../../local/manual-clock.ts';
import type { ServiceEndpoint } from '../service-endpoint.ts';
import { serve, testAccount, testStartMs } from '../service-endpoint.ts';

let metrics: MetricStore;
let service: ReturnType<typeof createLogsService>;
const minute = testStartMs / 60_000;

beforeEach(() => {
  const clock = new ManualClock(testStartMs);
  metrics = new MetricStore(clock);
  service = createLogsService({ account: testAccount, clock });
  service.measureWith(metrics);
});

const directive = { Namespace: 'Doors', Dimensions: [['Line'], []], Metrics: [{ Name: 'Refused', Unit: 'Count' }] };

const document = (more: object = {}, change: object = {}, Timestamp = testStartMs): object => ({
  _aws: { Timestamp, CloudWatchMetrics: [{ ...directive, ...change }] },
  ...{ Line: 'a', Refused: 2 },
  ...more,
});

const write = (event: object | string): void => {
  service.append('/aws/lambda/f', 's', typeof event === 'string' ? event : JSON.stringify(event));
};

/** Without what the service itself counts. */
const recorded = (): readonly unknown[] =>
  metrics
    .list()
    .filter(({ identity }) => !identity.metricName.startsWith('Incoming'))
    .map((metric) => [
      metric.identity.namespace,
      metric.identity.metricName,
      metric.identity.dimensions,
      metric.between(minute - 100_000, minute + 100_000).map(([, { sum, sampleCount }]) => [sum, sampleCount]),
    ]);

const good = [
  ['Doors', 'Refused', { Line: 'a' }, [[2, 1]]],
  ['Doors', 'Refused', {}, [[2, 1]]],
];

test('a document makes a metric for each of its dimension sets', () => {
  write(document());
  expect(recorded()).toEqual(good);
});

test('what a function prints is read behind its prefix', () => {
  write(`2026-11-22T00:00:00.000Z\t6f3c2b1a-0000-4000-8000-000000000000\tINFO\t${JSON.stringify(document())}\n`);
  expect(recorded()).toEqual(good);
});

test('a list of values is as many samples', () => {
  write(document({ Refused: [1, 2, 4] }, { Dimensions: [[]] }));
  expect(recorded()).toEqual([['Doors', 'Refused', {}, [[7, 3]]]]);
});

test('what comes by PutLogEvents is read, too', async () => {
  const endpoint: ServiceEndpoint = await serve(service.api);
  const logs = new CloudWatchLogsClient(endpoint.config);
  const [logGroupName, logStreamName] = ['g', 's'];
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
  const logEvents = [{ timestamp: testStartMs, message: JSON.stringify(document()) }];
  await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
  logs.destroy();
  await endpoint.stop();
  expect(recorded()).toEqual(good);
});

test.each([
  ['a dimension without a member', document({ Line: undefined })],
  ['a dimension that is no text', document({ Line: 7 })],
  ['a value that is no number', document({ Refused: 'many' })],
  ['over 100 values', document({ Refused: Array.from({ length: 101 }, () => 1) })],
  ['over 100 metrics', document({}, { Metrics: Array.from({ length: 101 }, () => ({ Name: 'Refused' })) })],
  ['over 30 dimensions', document({}, { Dimensions: [Array.from({ length: 31 }, () => 'Line')] })],
  ['an unknown unit', document({}, { Metrics: [{ Name: 'Refused', Unit: 'Refusals' }] })],
  ['a time too long ago', document({}, {}, testStartMs - 15 * 86_400_000)],
])('%s makes no metric but that of the failure', (_what, event) => {
  write(event);
  expect(recorded()).toEqual([['AWS/Logs', 'EMFValidationErrors', { LogGroupName: '/aws/lambda/f' }, [[1, 1]]]]);
});

test.each(['plain text', '{"_aws":', '{"message":"\\"_aws\\""}', '{"_aws":{"other":1}}'])('%s is no document', (event) => {
  write(event);
  expect(recorded()).toEqual([]);
});
