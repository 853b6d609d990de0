import { request } from 'node:https';
import { GetMetricDataCommand, GetMetricStatisticsCommand, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { CreateTopicRuleCommand } from '@aws-sdk/client-iot';
import { assumed, documented } from './fact.ts';
import { type ObservedDevice, ObservedWorld } from './observed-world.ts';

const page = 'IoT developer guide, "AWS IoT metrics and dimensions"';

let world: ObservedWorld;
let device: ObservedDevice;

beforeAll(async () => {
  world = await ObservedWorld.start();
  device = await world.device();
});

afterAll(() => world.stop());

const mqtt = { Protocol: 'MQTT' };

/** All samples of a metric so far. */
const statistics = async (MetricName: string, dimensions: Readonly<Record<string, string>> = mqtt) => {
  const { Datapoints = [] } = await world.cloudWatch.send(
    new GetMetricStatisticsCommand({
      Namespace: 'AWS/IoT',
      MetricName,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      StartTime: new Date(Date.now() - 3_600_000),
      EndTime: new Date(Date.now() + 3_600_000),
      Period: 7200,
      Statistics: ['Sum', 'SampleCount', 'Maximum'],
    }),
  );
  const { Sum = 0, SampleCount = 0, Maximum = 0 } = Datapoints[0] ?? {};
  return { Sum, SampleCount, Maximum };
};

/** Waits until the metric has grown by that much since `before`. */
const growth = async (
  metric: string,
  act: () => Promise<unknown>,
  dimensions: Readonly<Record<string, string>> = mqtt,
): Promise<number> => {
  const before = (await statistics(metric, dimensions)).Sum;
  await act();
  const after = await world.soon(
    () => statistics(metric, dimensions),
    ({ Sum }) => Sum > before,
  );
  return after.Sum - before;
};

const denied = (action: string) =>
  world.device([
    { Effect: 'Allow', Action: 'iot:*', Resource: '*' },
    { Effect: 'Deny', Action: action, Resource: '*' },
  ]);

describe('The broker counts', () => {
  documented(page, 'connections that succeed, and those that policy denies', async () => {
    expect(await growth('Connect.Success', () => world.connect(device, world.unique('client')))).toBe(1);
    const unwanted = await denied('iot:Connect');
    const refused = () => expect(world.connect(unwanted, world.unique('client'))).rejects.toThrow();
    expect(await growth('Connect.AuthError', refused)).toBe(1);
  });

  documented(page, 'connections whose CONNECT breaks a quota', async () => {
    const refused = () => expect(world.connect(device, '$reserved')).rejects.toThrow();
    expect(await growth('Connect.ClientError', refused)).toBe(1);
  });

  documented(page, 'messages in and out, and those that are retained', async () => {
    const client = await world.connect(device, world.unique('client'));
    await client.subscribeAsync('counted/#');
    const publish = (retain: boolean) => () => client.publishAsync('counted/x', 'x', { qos: 1, retain });
    expect(await growth('PublishIn.Success', publish(false))).toBe(1);
    expect(await growth('PublishOut.Success', publish(false))).toBe(1);
    expect(await growth('PublishRetained.Success', publish(true))).toBe(1);
  });

  documented(page, 'messages that policy denies', async () => {
    const client = await world.connect(await denied('iot:Publish'), world.unique('client'));
    client.on('error', () => undefined);
    expect(await growth('PublishIn.AuthError', () => Promise.resolve(client.publish('x', 'x')))).toBe(1);
  });

  documented(page, 'subscriptions, their end, and pings', async () => {
    const client = await world.connect(device, world.unique('client'));
    expect(await growth('Subscribe.Success', () => client.subscribeAsync('a'))).toBe(1);
    expect(await growth('Unsubscribe.Success', () => client.unsubscribeAsync('a'))).toBe(1);
    const ping = async () => {
      await Promise.resolve();
      client.sendPing();
    };
    expect(await growth('Ping.Success', ping)).toBe(1);
  });
});

/** Publishes by HTTPS with the client's certificate. */
const publishOverHttp = ({ cert, key }: ObservedDevice, topic: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const { aws } = world;
    const posting = request(
      {
        ...{
          host: '127.0.0.1',
          port: aws.mqtt.customAuthPort,
          servername: aws.services.iot.dataEndpoint,
          ALPNProtocols: ['x-amzn-http-ca'],
        },
        ...{ cert, key, ca: aws.rootCa, method: 'POST', path: `/topics/${encodeURIComponent(topic)}?qos=1`, agent: false },
      },
      ({ statusCode }) => {
        resolve(statusCode);
      },
    );
    posting.on('error', reject);
    posting.end('x');
  });

documented(page, 'Messages that come by HTTPS count under their own protocol', async () => {
  const publish = async () => {
    expect(await publishOverHttp(device, 'posted/x')).toBe(200);
  };
  expect(await growth('PublishIn.Success', publish, { Protocol: 'HTTP' })).toBe(1);
});

describe('Fleet provisioning counts', () => {
  documented(page, 'requests for certificates, failed ones as 1 and others as 0', async () => {
    const client = await world.connect(device, world.unique('claim'));
    await client.subscribeAsync(['$aws/certificates/create/json/+', '$aws/certificates/create-from-csr/json/+']);
    await client.publishAsync('$aws/certificates/create/json', '{}', { qos: 1 });
    await client.publishAsync('$aws/certificates/create-from-csr/json', '{}', { qos: 1 });
    const read = (metric: string) =>
      world.soon(
        () => statistics(metric, {}),
        ({ SampleCount }) => SampleCount > 0,
      );
    expect(await read('CreateKeysAndCertificateFailed')).toEqual({ Sum: 0, SampleCount: 1, Maximum: 0 });
    expect(await read('CreateCertificateFromCsrFailed')).toEqual({ Sum: 1, SampleCount: 1, Maximum: 1 });
  });

  documented(page, 'registrations by the name of the template', async () => {
    const client = await world.connect(device, world.unique('claim'));
    const topic = '$aws/provisioning-templates/no-such-template/provision/json';
    await client.subscribeAsync(`${topic}/+`);
    const register = () => client.publishAsync(topic, JSON.stringify({ certificateOwnershipToken: 'x' }), { qos: 1 });
    expect(await growth('RegisterThingFailed', register, { TemplateName: 'no-such-template' })).toBe(1);
  });
});

describe('The rules engine counts', () => {
  const ruleName = 'counted_rule';

  beforeAll(async () => {
    const roleArn = await world.role();
    const actions = [{ republish: { roleArn, topic: 'rules/republished' } }];
    await world.iot.send(new CreateTopicRuleCommand({ ruleName, topicRulePayload: { sql: "SELECT * FROM 'rules/incoming'", actions } }));
  });

  assumed('metrics.rule-action-types', 'messages that match, rules that run and actions that succeed', async () => {
    const client = await world.connect(device, world.unique('client'));
    await client.publishAsync('rules/incoming', '{}', { qos: 1 });
    const dimensions = { RuleName: ruleName, ActionType: 'Republish' };
    const succeeded = await world.soon(
      () => statistics('Success', dimensions),
      ({ Sum }) => Sum > 0,
    );
    expect(succeeded.Sum).toBe(1);
    expect((await statistics('TopicMatch', { RuleName: ruleName })).Sum).toBe(1);
    expect((await statistics('RulesExecuted', {})).Sum).toBe(1);
  });
});

describe('The metrics of AWS IoT', () => {
  documented(page, 'are listed in their namespace and read by GetMetricData', async () => {
    await world.connect(device, world.unique('client'));
    const { Metrics = [] } = await world.cloudWatch.send(new ListMetricsCommand({ Namespace: 'AWS/IoT', MetricName: 'Connect.Success' }));
    expect(Metrics).toEqual([{ Namespace: 'AWS/IoT', MetricName: 'Connect.Success', Dimensions: [{ Name: 'Protocol', Value: 'MQTT' }] }]);
    const [Metric] = Metrics;
    const { MetricDataResults } = await world.cloudWatch.send(
      new GetMetricDataCommand({
        MetricDataQueries: [{ Id: 'connects', MetricStat: { Metric, Period: 7200, Stat: 'Sum' } }],
        StartTime: new Date(Date.now() - 3_600_000),
        EndTime: new Date(Date.now() + 60_000),
      }),
    );
    expect(MetricDataResults?.[0]?.Values).toEqual([(await statistics('Connect.Success')).Sum]);
  });
});
