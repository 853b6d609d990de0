import { gunzipSync } from 'node:zlib';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  DescribeMetricFiltersCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { minuteOf } from '../../../local/cloudwatch/metric.ts';
import { MetricStore } from '../../../local/cloudwatch/metric-store.ts';
import type { Invocation } from '../../../local/lambda/function-invoker.ts';
import { DeliveryBatches, collectingMs } from '../../../local/logs/delivery-batches.ts';
import { LogGroup, newEvent } from '../../../local/logs/log-group.ts';
import { createLogsService } from '../../../local/logs/logs-service.ts';
import { ManualClock } from '../../../local/manual-clock.ts';
import { providerOf, resourceContext } from '../resource-context.ts';
import type { ServiceEndpoint } from '../service-endpoint.ts';
import { serve, testAccount, testStartMs } from '../service-endpoint.ts';

const clock = new ManualClock(testStartMs);
const service = createLogsService({ account: testAccount, clock });
let endpoint: ServiceEndpoint;
let logs: CloudWatchLogsClient;

beforeAll(async () => {
  endpoint = await serve(service.api);
  logs = new CloudWatchLogsClient(endpoint.config);
});

afterAll(async () => {
  logs.destroy();
  await endpoint.stop();
});

let count = 0;
const newGroup = async (): Promise<string> => {
  count += 1;
  const logGroupName = `/test/group-${count}`;
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: 's' }));
  return logGroupName;
};

const put = (logGroupName: string, events: readonly (readonly [number, string])[]) =>
  logs.send(
    new PutLogEventsCommand({
      logGroupName,
      logStreamName: 's',
      logEvents: events.map(([offsetMs, message]) => ({ timestamp: clock.now() + offsetMs, message })),
    }),
  );

const messages = async (logGroupName: string, filterPattern?: string): Promise<readonly (string | undefined)[]> => {
  const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName, filterPattern }));
  return (events ?? []).map(({ message }) => message);
};

describe('log events', () => {
  test('are put, got and filtered', async () => {
    const group = await newGroup();
    await put(group, [
      [0, '{"code":"admitted"}'],
      [1, '{"code":"refused"}'],
    ]);
    const { events } = await logs.send(new GetLogEventsCommand({ logGroupName: group, logStreamName: 's', startFromHead: true, limit: 1 }));
    expect(events).toEqual([{ timestamp: clock.now(), ingestionTime: clock.now(), message: '{"code":"admitted"}' }]);
    expect(await messages(group, '{ $.code = "refused" }')).toEqual(['{"code":"refused"}']);
  });

  test('are paged forward until there are no more', async () => {
    const group = await newGroup();
    await put(group, [
      [0, 'a'],
      [1, 'b'],
      [2, 'c'],
    ]);
    const first = await logs.send(new FilterLogEventsCommand({ logGroupName: group, limit: 2 }));
    const second = await logs.send(new FilterLogEventsCommand({ logGroupName: group, limit: 2, nextToken: first.nextToken }));
    expect([first, second].map(({ events }) => events?.map(({ message }) => message))).toEqual([['a', 'b'], ['c']]);
    expect(second.nextToken).toBeUndefined();
  });

  test('out of order are refused, too old and too new ones left out', async () => {
    const group = await newGroup();
    await expect(
      put(group, [
        [1, 'b'],
        [0, 'a'],
      ]),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
    const { rejectedLogEventsInfo } = await put(group, [[3 * 3_600_000, 'future']]);
    expect(rejectedLogEventsInfo).toEqual({ tooNewLogEventStartIndex: 0 });
    expect(await messages(group)).toEqual([]);
  });

  test('are gone when the retention has passed', async () => {
    const group = await newGroup();
    await put(group, [[0, 'a']]);
    await logs.send(new PutRetentionPolicyCommand({ logGroupName: group, retentionInDays: 1 }));
    expect(await messages(group)).toEqual(['a']);
    clock.advance(86_400_000);
    expect(await messages(group)).toEqual([]);
  });

  test('of a service make their group and stream', async () => {
    service.append('/aws/lambda/fn', 'stream', 'hello');
    expect(await messages('/aws/lambda/fn')).toEqual(['hello']);
    const { logStreams } = await logs.send(new DescribeLogStreamsCommand({ logGroupName: '/aws/lambda/fn' }));
    expect(logStreams?.map(({ logStreamName }) => logStreamName)).toEqual(['stream']);
  });
});

describe('refusals', () => {
  test('a group that exists, a retention that does not, a stream that is not there', async () => {
    const logGroupName = await newGroup();
    await expect(logs.send(new CreateLogGroupCommand({ logGroupName }))).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' });
    await expect(logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 2 }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    const get = new GetLogEventsCommand({ logGroupName, logStreamName: 'nowhere' });
    await expect(logs.send(get)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('a subscription', () => {
  test('hands matching events to the function, under the name of the group', async () => {
    const invocations: Invocation[] = [];
    service.deliverTo({
      send: (invocation) => {
        invocations.push(invocation);
      },
    });
    const group = await newGroup();
    const DestinationArn = 'arn:aws:lambda:eu-central-1:123456789012:function:sink';
    const properties = { LogGroupName: group, FilterPattern: 'ERROR', DestinationArn };
    await providerOf(service.resources, 'AWS::Logs::SubscriptionFilter').create(properties, resourceContext('Sub'));
    await put(group, [
      [0, 'INFO'],
      [1, 'ERROR'],
    ]);
    expect(invocations).toEqual([]);
    clock.advance(collectingMs);
    expect(invocations).toMatchObject([
      {
        functionArn: DestinationArn,
        principal: 'logs.amazonaws.com',
        sourceArn: `arn:aws:logs:eu-central-1:123456789012:log-group:${group}:*`,
      },
    ]);
    const payload = invocations[0]?.payload as { readonly awslogs: { readonly data: string } };
    const content: unknown = JSON.parse(gunzipSync(Buffer.from(payload.awslogs.data, 'base64')).toString());
    expect(content).toMatchObject({ logGroup: group, logEvents: [{ message: 'ERROR' }] });
  });
});

describe('what a subscription collects', () => {
  const source = {
    group: new LogGroup({ name: 'g', arn: 'arn', createdAtMs: 0, groupClass: 'STANDARD' }),
    stream: { name: 's', createdAtMs: 0, events: [] },
    filter: { name: 'f', pattern: '', matches: () => true, createdAtMs: 0, details: {} },
  };

  test('is handed over once, in order, a megabyte at a time, each event once', () => {
    const handed: string[][] = [];
    const batches = new DeliveryBatches(clock, ({ events }) => handed.push(events.map(({ message }) => message[0] ?? '')));
    const half = 'x'.repeat(600_000);
    for (const name of ['a', 'b', 'c']) batches.add(source, newEvent(`${name}${half}`, 0, 0));
    batches.add(source, newEvent('d', 0, 0));
    expect(handed).toEqual([['a'], ['b']]);
    clock.advance(collectingMs);
    expect(handed).toEqual([['a'], ['b'], ['c', 'd']]);
    clock.advance(collectingMs);
    batches.add(source, newEvent('e', 0, 0));
    clock.advance(collectingMs);
    expect(handed.slice(3)).toEqual([['e']]);
  });

  test('is kept apart by stream, since a delivery names one', () => {
    const streams: string[] = [];
    const batches = new DeliveryBatches(clock, ({ stream }) => streams.push(stream.name));
    for (const name of ['one', 'two', 'one'])
      batches.add({ ...source, stream: name === 'one' ? source.stream : { ...source.stream, name } }, newEvent('', 0, 0));
    clock.advance(collectingMs);
    expect(streams).toEqual(['s', 'two']);
  });
});

describe('CloudFormation', () => {
  test('makes, changes and deletes a log group', async () => {
    const groups = providerOf(service.resources, 'AWS::Logs::LogGroup');
    const first = { LogGroupName: '/muster/audit', RetentionInDays: 365, KmsKeyId: 'arn:aws:kms:eu-central-1:123456789012:key/1' };
    const state = await groups.create(first, resourceContext());
    expect(state).toEqual({
      physicalId: '/muster/audit',
      attributes: { Arn: 'arn:aws:logs:eu-central-1:123456789012:log-group:/muster/audit:*' },
    });
    const second = { LogGroupName: '/muster/audit', RetentionInDays: '731', DeletionProtectionEnabled: true };
    await groups.update(state, { from: first, to: second }, resourceContext());
    const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/muster/audit' }));
    expect(logGroups?.[0]).toMatchObject({ retentionInDays: 731, deletionProtectionEnabled: true });
    expect(logGroups?.[0]?.kmsKeyId).toBeUndefined();
    await expect(logs.send(new DeleteLogGroupCommand({ logGroupName: '/muster/audit' }))).rejects.toThrow('protected');
    await groups.update(state, { from: second, to: first }, resourceContext());
    await groups.delete(state, first, resourceContext());
    await groups.delete(state, first, resourceContext());
  });

  test('makes a metric filter, and refuses one whose pattern is none', async () => {
    const filters = providerOf(service.resources, 'AWS::Logs::MetricFilter');
    const LogGroupName = await newGroup();
    const MetricTransformations = [{ MetricName: 'Refusals', MetricNamespace: 'Muster', MetricValue: '1', DefaultValue: 0 }];
    const properties = { LogGroupName, FilterPattern: '{ $.code = "x" }', MetricTransformations };
    const state = await filters.create(properties, resourceContext('Filter'));
    const { metricFilters } = await logs.send(new DescribeMetricFiltersCommand({ logGroupName: LogGroupName }));
    expect(metricFilters).toMatchObject([{ filterName: state.physicalId, metricTransformations: [{ metricName: 'Refusals' }] }]);
    await expect(filters.create({ ...properties, FilterPattern: '{ x' }, resourceContext())).rejects.toThrow('Invalid filter pattern');
    await filters.delete(state, properties, resourceContext());
  });

  test('makes metrics of the events that a metric filter matches', async () => {
    const filters = providerOf(service.resources, 'AWS::Logs::MetricFilter');
    const metrics = new MetricStore(clock);
    service.measureWith(metrics);
    const LogGroupName = await newGroup();
    const Dimensions = [{ Key: 'Line', Value: '$.line' }];
    const latency = { MetricName: 'Latency', MetricNamespace: 'Doors', MetricValue: '$.ms', Dimensions };
    const refusals = { MetricName: 'Refusals', MetricNamespace: 'Doors', MetricValue: '1', DefaultValue: 0 };
    await filters.create({ LogGroupName, FilterPattern: '{ $.ms > 0 }', MetricTransformations: [latency] }, resourceContext('Latency'));
    await filters.create({ LogGroupName, FilterPattern: 'refused', MetricTransformations: [refusals] }, resourceContext('Refusals'));
    await put(LogGroupName, [
      [0, '{"ms":5,"line":"a"}'],
      [0, '{"ms":7,"line":"a"}'],
      [0, '{"ms":9}'],
    ]);
    await put(LogGroupName, [[0, 'refused']]);
    const read = (metricName: string, dimensions: Readonly<Record<string, string>>) => {
      const [metric] = metrics.find({ namespace: 'Doors', metricName, dimensions }, undefined);
      const minute = minuteOf(clock.now());
      return metric?.between(minute, minute + 1).map(([, statistics]) => statistics);
    };
    expect(read('Latency', { Line: 'a' })).toEqual([{ sampleCount: 2, sum: 12, minimum: 5, maximum: 7 }]);
    expect(read('Refusals', {})).toEqual([{ sampleCount: 2, sum: 1, minimum: 0, maximum: 1 }]);
  });

  test('keeps resource policies and query definitions', async () => {
    const policies = providerOf(service.resources, 'AWS::Logs::ResourcePolicy');
    const Statement = [{ Effect: 'Allow', Principal: { Service: 'iot.amazonaws.com' }, Action: 'logs:PutLogEvents', Resource: '*' }];
    const properties = { PolicyName: 'p', PolicyDocument: { Version: '2012-10-17', Statement } };
    const state = await policies.create(properties, resourceContext());
    expect(state.physicalId).toBe('p');
    await policies.delete(state, properties, resourceContext());
    const queries = providerOf(service.resources, 'AWS::Logs::QueryDefinition');
    const query = { Name: 'refusals', QueryString: 'fields @message' };
    const stored = await queries.create(query, resourceContext());
    await queries.delete(stored, query, resourceContext());
    await queries.delete(stored, query, resourceContext());
  });
});
