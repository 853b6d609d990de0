import { GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { CreateLogGroupCommand, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { DeleteTopicRuleCommand, DisableTopicRuleCommand, EnableTopicRuleCommand, ReplaceTopicRuleCommand } from '@aws-sdk/client-iot';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { assumed, documented } from './fact.ts';
import { RulesWorld } from './rules-world.ts';

const guide = (page: string): string => `IoT developer guide, "${page}"`;

const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);

let world: RulesWorld;

beforeAll(async () => {
  world = await RulesWorld.start();
});

afterAll(() => world.stop());

/** What the error action is told when a message goes to a queue that does not exist. */
const told = async (topic: string, act: () => Promise<unknown>): Promise<Readonly<Record<string, unknown>>> => {
  const queueUrl = `${world.observed.aws.endpoint}/123456789012/missing`;
  await world.createRule({
    sql: `SELECT * FROM 'in/${topic}'`,
    actions: [{ sqs: { roleArn: world.roleArn, queueUrl } }],
    errorAction: world.republish(`out/${topic}`),
  });
  await act();
  const message: unknown = JSON.parse(await world.hear(`out/${topic}`));
  return z.record(z.string(), z.unknown()).parse(message);
};

const config = () => {
  const { endpoint, credentials, account } = world.observed.aws;
  return { endpoint, credentials, region: account.region, maxAttempts: 1 };
};

const publish = (topic: string, payload = '{"a":1}') => world.client.publishAsync(topic, payload, { qos: 1 });

describe('An error action', () => {
  documented(guide('Error handling'), 'is told of the rule, the message and what failed', async () => {
    const message = await told('told', () => publish('in/told'));
    expect(message).toMatchObject({
      ruleName: matching(/^rule_/),
      topic: 'in/told',
      cloudwatchTraceId: matching(/^[0-9a-f-]{36}$/),
      clientId: 'rules-client',
      base64OriginalPayload: Buffer.from('{"a":1}').toString('base64'),
      failures: [{ failedResource: matching(/missing$/) }],
    });
  });

  assumed('rules.action-names', 'is told the action’s name', async () => {
    expect(await told('named', () => publish('in/named'))).toMatchObject({ failures: [{ failedAction: 'SqsAction' }] });
  });

  assumed('rules.failure-message', 'is told what went wrong, in AWS’s words', async () => {
    const errorMessage = matching(
      /^Failed to .*\. The error received was .* \(Service: AmazonSQS; Status Code: 400; Error Code: QueueDoesNotExist; Request ID: .*\)\. Message arrived on: in\/worded, Action: sqs, Queue: .*missing$/,
    );
    expect(await told('worded', () => publish('in/worded'))).toMatchObject({ failures: [{ errorMessage }] });
  });

  assumed('rules.error-trace-is-traceid', 'is told the trace id of the message', async () => {
    await world.createRule({ sql: "SELECT traceid() AS id FROM 'in/traced'", actions: [world.republish('out/trace')] });
    const { cloudwatchTraceId } = await told('traced', () => publish('in/traced'));
    expect(JSON.parse(await world.hear('out/trace'))).toEqual({ id: cloudwatchTraceId });
  });

  assumed('rules.no-client', 'is told of no client when a rule published', async () => {
    await world.createRule({ sql: "SELECT * FROM 'in/first'", actions: [world.republish('in/second')] });
    expect(await told('second', () => publish('in/first'))).toMatchObject({ clientId: 'n/a' });
  });
});

describe('The action', () => {
  documented(guide('Republish'), 'republish sets quality of service and headers from templates', async () => {
    const headers = { contentType: 'type/${a}', userProperties: [{ key: 'ip', value: '${sourceip()}' }] };
    const select = "get_mqtt_property('content_type') AS type, get_user_properties('ip') AS ip";
    await world.createRule({ sql: `SELECT ${select} FROM 'in/with-headers'`, actions: [world.republish('out/headers')] });
    await world.createRule({
      sql: "SELECT * FROM 'in/headers'",
      actions: [{ republish: { roleArn: world.roleArn, topic: "in/${'with-' + topic(2)}", qos: 1, headers } }],
    });
    await publish('in/headers');
    expect(await world.hear('out/headers')).toBe('{"type":"type/1","ip":["127.0.0.1"]}');
  });

  assumed('rules.republish-keeps-properties', 'republish drops the properties that a message came with', async () => {
    await world.createRule({ sql: "SELECT * FROM 'in/described'", actions: [world.republish('in/copied')] });
    const select = "get_or_default(get_mqtt_property('content_type'), 'none') AS type";
    await world.createRule({ sql: `SELECT ${select} FROM 'in/copied'`, actions: [world.republish('out/copied')] });
    await world.client.publishAsync('in/described', '{}', { qos: 1, properties: { contentType: 'text' } });
    expect(await world.hear('out/copied')).toBe('{"type":"none"}');
  });

  assumed('rules.undefined-in-template', 'republish puts nothing where a template has no value', async () => {
    await world.createRule({ sql: "SELECT * FROM 'in/unfilled'", actions: [world.republish('out/unfilled${missing}')] });
    await publish('in/unfilled');
    expect(await world.hear('out/unfilled')).toBe('{"a":1}');
  });

  documented(guide('CloudWatch Logs'), 'cloudwatchLogs writes batches', async () => {
    const logGroupName = '/batches';
    await world.observed.logs.send(new CreateLogGroupCommand({ logGroupName }));
    await world.createRule({
      sql: "SELECT VALUE batch FROM 'in/batch'",
      actions: [{ cloudwatchLogs: { roleArn: world.roleArn, logGroupName, batchMode: true } }],
    });
    const timestamp = Date.now();
    await publish(
      'in/batch',
      JSON.stringify({
        batch: [
          { timestamp, message: 'one' },
          { timestamp, message: 'two' },
        ],
      }),
    );
    const { events = [] } = await world.observed.soon(
      () => world.observed.logs.send(new FilterLogEventsCommand({ logGroupName })),
      (answer) => answer.events?.length === 2,
    );
    expect(events.map(({ message }) => message)).toEqual(['one', 'two']);
  });

  documented(guide('CloudWatch metrics'), 'cloudwatchMetric puts a sample from templates', async () => {
    const metric = { metricNamespace: 'Lamps', metricName: '${name}', metricUnit: 'Count', metricValue: '${value}' };
    await world.createRule({ sql: "SELECT * FROM 'in/metric'", actions: [{ cloudwatchMetric: { roleArn: world.roleArn, ...metric } }] });
    await publish('in/metric', '{"name":"Switched","value":3}');
    const [from, to] = [new Date(Date.now() - 3_600_000), new Date(Date.now() + 3_600_000)];
    const asked = { Namespace: 'Lamps', MetricName: 'Switched', StartTime: from, EndTime: to, Period: 7200, Statistics: ['Sum' as const] };
    const { Datapoints } = await world.observed.soon(
      () => world.observed.cloudWatch.send(new GetMetricStatisticsCommand(asked)),
      (answer) => answer.Datapoints?.[0]?.Sum === 3,
    );
    expect(Datapoints?.[0]?.Sum).toBe(3);
  });

  documented(guide('DynamoDBv2'), 'dynamoDBv2 writes each member of the payload as an attribute', async () => {
    const dynamodb = new DynamoDBClient(config());
    const TableName = 'lamps';
    await dynamodb.send(
      new CreateTableCommand({
        ...{ TableName, BillingMode: 'PAY_PER_REQUEST' },
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      }),
    );
    await world.observed.soon(
      () => dynamodb.send(new DescribeTableCommand({ TableName })),
      ({ Table }) => Table?.TableStatus === 'ACTIVE',
    );
    const action = { dynamoDBv2: { roleArn: world.roleArn, putItem: { tableName: '${topic(2)}' } } };
    await world.createRule({ sql: "SELECT topic(3) AS id, * FROM 'in/lamps/+'", actions: [action] });
    await publish('in/lamps/l1', '{"on":true,"levels":[1,null]}');
    const { Item } = await world.observed.soon(
      () => dynamodb.send(new GetItemCommand({ TableName, Key: { id: { S: 'l1' } }, ConsistentRead: true })),
      (answer) => answer.Item !== undefined,
    );
    dynamodb.destroy();
    expect(Item).toEqual({ id: { S: 'l1' }, on: { BOOL: true }, levels: { L: [{ N: '1' }, { NULL: true }] } });
  });

  documented(guide('SNS'), 'sns publishes to a topic, whose subscribers get the message', async () => {
    const [sns, sqs] = [new SNSClient(config()), new SQSClient(config())];
    const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'notices' }));
    const QueueArn = 'arn:aws:sqs:us-east-1:123456789012:notices';
    const statement = { Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: QueueArn };
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'notices', Attributes: { Policy } }));
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: QueueArn, Attributes: { RawMessageDelivery: 'true' } }));
    await world.createRule({ sql: "SELECT * FROM 'in/notices'", actions: [{ sns: { roleArn: world.roleArn, targetArn: TopicArn } }] });
    await publish('in/notices');
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 3 }));
    for (const client of [sns, sqs]) client.destroy();
    expect(Messages?.map(({ Body }) => Body)).toEqual(['{"a":1}']);
  });
});

describe('A rule', () => {
  documented(guide('Reducing messaging costs with Basic Ingest'), 'is reached by name, its topic without the prefix', async () => {
    const ruleName = await world.createRule({ sql: 'SELECT topic() AS t', actions: [world.republish('out/basic')] });
    await publish(`$aws/rules/${ruleName}/Buildings/Floor2`);
    expect(await world.hear('out/basic')).toBe('{"t":"Buildings/Floor2"}');
  });

  documented('API reference, DisableTopicRule, EnableTopicRule, ReplaceTopicRule', 'can be stopped, started and replaced', async () => {
    const actions = [world.republish('out/switched')];
    const ruleName = await world.createRule({ sql: "SELECT 1 AS n FROM 'in/switched'", actions });
    await world.observed.iot.send(new DisableTopicRuleCommand({ ruleName }));
    await publish('in/switched');
    await world.observed.iot.send(
      new ReplaceTopicRuleCommand({ ruleName, topicRulePayload: { sql: "SELECT 2 AS n FROM 'in/switched'", actions } }),
    );
    await world.observed.iot.send(new EnableTopicRuleCommand({ ruleName }));
    await publish('in/switched');
    expect(await world.hear('out/switched')).toBe('{"n":2}');
  });

  documented(guide('Creating an AWS IoT rule'), 'has SQL version 2015-10-08 unless it names another', async () => {
    await world.createRule({
      ...{ sql: "SELECT sql_version() AS v FROM 'in/version'", actions: [world.republish('out/version')] },
      awsIotSqlVersion: undefined,
    });
    await publish('in/version');
    expect(await world.hear('out/version')).toBe('{"v":"2015-10-08"}');
  });

  documented('API reference, TopicRulePayload', 'has ten actions at most', async () => {
    const actions = Array.from({ length: 11 }, () => world.republish('out/x'));
    await expect(world.createRule({ sql: "SELECT * FROM 'a'", actions })).rejects.toMatchObject({ name: 'InvalidRequestException' });
  });

  assumed('rules.template-refusal', 'with a template that cannot be read is refused', async () => {
    const actions = [world.republish('out/${a +}')];
    await expect(world.createRule({ sql: "SELECT * FROM 'a'", actions })).rejects.toMatchObject({ name: 'SqlParseException' });
  });

  assumed('rules.limit-refusal', 'is refused when the account has a thousand', async () => {
    const names: string[] = [];
    const refusals: unknown[] = [];
    while (refusals.length === 0) {
      const attempts = Array.from({ length: 100 }, () => world.createRule({ sql: "SELECT * FROM 'never'" }));
      for (const attempt of await Promise.allSettled(attempts)) {
        if (attempt.status === 'fulfilled') names.push(attempt.value);
        else refusals.push(attempt.reason);
      }
    }
    expect(refusals[0]).toMatchObject({ name: 'InvalidRequestException' });
    expect(names.length).toBeLessThanOrEqual(1000);
    await Promise.all(names.map((ruleName) => world.observed.iot.send(new DeleteTopicRuleCommand({ ruleName }))));
  });
});
