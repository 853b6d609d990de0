import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, CreateLogGroupCommand, PutSubscriptionFilterCommand } from '@aws-sdk/client-cloudwatch-logs';
import { createCloudWatchService } from '../../local/cloudwatch/cloudwatch-service.ts';
import { AwsError } from '../../local/aws-error.ts';
import { collectingMs } from '../../local/logs/delivery-batches.ts';
import { createLogsService } from '../../local/logs/logs-service.ts';
import { ManualClock } from '../../local/manual-clock.ts';
import { serve, type ServiceEndpoint, testAccount, testStartMs } from '../local/service-endpoint.ts';
import { documented } from './fact.ts';

const clock = new ManualClock(testStartMs);
const logs = createLogsService({ account: testAccount, clock });
const cloudWatch = createCloudWatchService({ account: testAccount, clock, notify: () => undefined });
const logGroupName = 'group';
let sends: 'taken' | 'refused' = 'taken';
let sent = 0;
let endpoints: readonly ServiceEndpoint[];
let client: CloudWatchLogsClient;
let metrics: CloudWatchClient;

beforeAll(async () => {
  const [ofLogs, ofMetrics] = [await serve(logs.api), await serve(cloudWatch.api)];
  endpoints = [ofLogs, ofMetrics];
  client = new CloudWatchLogsClient(ofLogs.config);
  metrics = new CloudWatchClient(ofMetrics.config);
  logs.measureWith(cloudWatch.metrics);
  logs.deliverTo({
    send: () => {
      sent += 1;
      if (sends === 'refused') throw new AwsError('AccessDeniedException', 'No.', { status: 403 });
    },
  });
  await client.send(new CreateLogGroupCommand({ logGroupName }));
  const destinationArn = 'arn:aws:lambda:eu-central-1:123456789012:function:sink';
  await client.send(new PutSubscriptionFilterCommand({ logGroupName, filterName: 'of-errors', filterPattern: 'ERROR', destinationArn }));
});
afterAll(async () => {
  client.destroy();
  metrics.destroy();
  for (const endpoint of endpoints) await endpoint.stop();
});

const sum = async (MetricName: string, more: Readonly<Record<string, string>> = {}): Promise<number> => {
  const asked = { LogGroupName: logGroupName, ...more };
  const { Datapoints = [] } = await metrics.send(
    new GetMetricStatisticsCommand({
      ...{ Namespace: 'AWS/Logs', MetricName, Period: 60, Statistics: ['Sum'] },
      Dimensions: Object.entries(asked).map(([Name, Value]) => ({ Name, Value })),
      ...{ StartTime: new Date(testStartMs - 60_000), EndTime: new Date(testStartMs + 60_000) },
    }),
  );
  return Datapoints.reduce((total, { Sum = 0 }) => total + Sum, 0);
};

const subscribed = { DestinationType: 'Lambda', FilterName: 'of-errors' };

describe('A subscription to a log group', () => {
  documented(
    'Logs Guide: CloudWatch-Logs-Monitoring-CloudWatch-Metrics',
    'is handed what a stream takes in within a moment together, and is counted: what came in, what was handed on, what was not taken',
    async () => {
      for (const line of ['ERROR one', 'fine', 'ERROR two']) logs.append(logGroupName, 'stream', line);
      expect(await sum('IncomingLogEvents')).toBe(3);
      expect(await sum('ForwardedLogEvents', subscribed)).toBe(0);
      clock.advance(collectingMs);
      expect(await sum('ForwardedLogEvents', subscribed)).toBe(2);
      expect(sent).toBe(1);
      expect(await sum('DeliveryErrors', subscribed)).toBe(0);
      sends = 'refused';
      logs.append(logGroupName, 'stream', 'ERROR three');
      clock.advance(collectingMs);
      expect(await sum('DeliveryErrors', subscribed)).toBe(1);
    },
  );
});
