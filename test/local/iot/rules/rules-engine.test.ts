import { beforeEach, describe, expect, test } from '@jest/globals';
import { AwsError } from '../../../../local/aws-error.ts';
import type { IotConnection, IotMessage } from '../../../../local/iot/connection.ts';
import type { RuleDefinition } from '../../../../local/iot/rules/rule-definition.ts';
import { createRulesEngine } from '../../../../local/iot/rules/rules-engine.ts';
import type { RulesEngine } from '../../../../local/iot/rules/rules-engine.ts';
import { unlimitedRoles } from '../../../../local/iot/service-roles.ts';
import type { Invocation, InvocationResult } from '../../../../local/lambda/function-invoker.ts';
import { ManualClock } from '../../../../local/manual-clock.ts';

const publisher: IotConnection = {
  clientId: 'lamp-1',
  principalId: 'c0ffee',
  thing: undefined,
  protocolVersion: 5,
  sessionIdentifier: 'session',
  sourceIp: '127.0.0.1',
  sourcePort: 1,
};

let rules: RuleDefinition[];
let sent: { queueUrl: string; body: string }[];
let invocations: Invocation[];
let published: IotMessage[];
let logged: unknown[];
let notifications: unknown[];
let measurements: unknown[];
let items: unknown[];
let invoked: InvocationResult;
let engine: RulesEngine;

const rule = (rest: Partial<RuleDefinition>): RuleDefinition => ({
  ruleName: 'r',
  sql: "SELECT * FROM 'lamps/#'",
  sqlVersion: '2016-03-23',
  actions: [{ sqs: { queueUrl: 'queue', roleArn: 'role', useBase64: false } }],
  disabled: false,
  ...rest,
});

const publish = async (topic: string, payload: unknown = { a: 1 }, from: IotConnection | undefined = publisher): Promise<void> => {
  const bytes = Buffer.isBuffer(payload) ? payload : Buffer.from(JSON.stringify(payload));
  engine.observe({ topic, payload: bytes, qos: 0, retain: false }, from);
  await engine.idle();
};

beforeEach(() => {
  rules = [];
  sent = [];
  invocations = [];
  published = [];
  logged = [];
  notifications = [];
  measurements = [];
  items = [];
  invoked = { outcome: 'returned', payload: null };
  engine = createRulesEngine({
    account: { accountId: '123456789012', region: 'eu-west-1', partition: 'aws' },
    clock: new ManualClock(0),
    rules: () => rules,
    roles: unlimitedRoles,
    queues: {
      send: (message) => {
        if (message.queueUrl === 'missing') return Promise.reject(new AwsError('QueueDoesNotExist', 'There is no such queue'));
        sent.push(message);
        return Promise.resolve();
      },
    },
    invoker: {
      invoke: (invocation) => {
        invocations.push(invocation);
        return Promise.resolve(invoked);
      },
    },
    broker: () => ({
      publish: (message) => {
        published.push(message);
        engine.observe(message, undefined);
        return Promise.resolve();
      },
    }),
    targets: {
      logs: {
        write: (logGroupName, events) => {
          logged.push({ logGroupName, events });
          return Promise.resolve();
        },
      },
      notifications: {
        publish: (notification) => {
          notifications.push(notification);
          return Promise.resolve();
        },
      },
      measurements: {
        put: (measurement) => {
          measurements.push(measurement);
          return Promise.resolve();
        },
      },
      tables: {
        put: (tableName, item) => {
          items.push({ tableName, item });
          return Promise.resolve();
        },
      },
    },
  });
});

describe('a topic rule', () => {
  test('acts on messages that its filter covers and its WHERE selects', async () => {
    rules = [rule({ sql: "SELECT a, topic(2) AS lamp FROM 'lamps/+' WHERE a > 1" })];
    await publish('lamps/l1', { a: 2, b: 3 });
    await publish('lamps/l1', { a: 1 });
    await publish('lamps/l1/state', { a: 2 });
    expect(sent).toEqual([{ queueUrl: 'queue', body: '{"a":2,"lamp":"l1"}' }]);
  });

  test('drops claim connections from presence events', async () => {
    rules = [rule({ sql: "SELECT * FROM '$aws/events/presence/connected/#' WHERE NOT startswith(clientId, 'claim-')" })];
    await publish('$aws/events/presence/connected/claim-1', { clientId: 'claim-1' }, undefined);
    await publish('$aws/events/presence/connected/lamp-1', { clientId: 'lamp-1' }, undefined);
    expect(sent.map(({ body }) => body)).toEqual(['{"clientId":"lamp-1"}']);
  });

  test('with a leading wildcard does not see reserved topics', async () => {
    rules = [rule({ sql: "SELECT * FROM '#'" })];
    await publish('$aws/events/presence/connected/lamp-1');
    expect(sent).toEqual([]);
  });

  test('does nothing while it is disabled', async () => {
    rules = [rule({ disabled: true })];
    await publish('lamps/l1');
    expect(sent).toEqual([]);
  });

  test('is gone as soon as the account has it no more', async () => {
    rules = [rule({})];
    await publish('lamps/l1');
    rules = [];
    await publish('lamps/l1');
    expect(sent).toHaveLength(1);
  });

  test('without FROM is reached by Basic Ingest only', async () => {
    rules = [rule({ ruleName: 'one', sql: 'SELECT *' })];
    await publish('lamps/l1');
    await publish('$aws/rules/one');
    expect(sent).toHaveLength(1);
  });

  test('whose SQL cannot be read does nothing and harms no other', async () => {
    rules = [rule({ sql: 'nonsense' }), rule({})];
    await publish('lamps/l1');
    expect(sent).toHaveLength(1);
  });

  test('is reached by name through Basic Ingest, whatever its filter', async () => {
    rules = [rule({ ruleName: 'one', sql: "SELECT *, topic() AS t FROM 'other'" }), rule({ ruleName: 'two' })];
    await publish('$aws/rules/one/lamps/l1', {});
    expect(sent.map(({ body }) => body)).toEqual(['{"t":"lamps/l1"}']);
  });

  test('survives a payload that is nested too deeply to be written again', async () => {
    rules = [rule({})];
    await publish('lamps/l1', Buffer.from(`{"a":${'['.repeat(60_000)}${']'.repeat(60_000)}}`));
    await publish('lamps/l1');
    expect(sent.at(-1)?.body).toBe('{"a":1}');
  });
});

describe('the action', () => {
  test('sqs sends base64 when told so', async () => {
    rules = [rule({ actions: [{ sqs: { roleArn: 'role', queueUrl: 'queue', useBase64: true } }] })];
    await publish('lamps/l1', { a: 1 });
    expect(sent[0]?.body).toBe(Buffer.from('{"a":1}').toString('base64'));
  });

  test('lambda calls the function in the name of the rule', async () => {
    rules = [rule({ actions: [{ lambda: { functionArn: 'arn:f' } }] })];
    await publish('lamps/l1', { a: 1 });
    expect(invocations).toEqual([
      {
        functionArn: 'arn:f',
        payload: { a: 1 },
        principal: 'iot.amazonaws.com',
        sourceArn: 'arn:aws:iot:eu-west-1:123456789012:rule/r',
        sourceAccount: '123456789012',
      },
    ]);
  });

  test('republish fills its topic from the message', async () => {
    rules = [
      rule({ sql: "SELECT * FROM 'lamps/+'", actions: [{ republish: { roleArn: 'role', topic: 'copies/${topic(2)}/${a}', qos: 1 } }] }),
    ];
    await publish('lamps/l1', { a: 7 });
    expect(published).toEqual([{ topic: 'copies/l1/7', payload: Buffer.from('{"a":7}'), qos: 1, retain: false }]);
  });

  test('republish writes reserved topics with two dollar signs', async () => {
    rules = [rule({ actions: [{ republish: { roleArn: 'role', topic: '$$aws/things/x/shadow/update' } }] })];
    await publish('lamps/l1');
    expect(published[0]?.topic).toBe('$aws/things/x/shadow/update');
  });

  test('republish sets off further rules, which idle waits for', async () => {
    rules = [
      rule({ sql: "SELECT * FROM 'lamps/+'", actions: [{ republish: { roleArn: 'role', topic: 'copies' } }] }),
      rule({ sql: "SELECT * FROM 'copies'" }),
    ];
    await publish('lamps/l1');
    expect(sent).toHaveLength(1);
  });

  test('cloudwatchLogs writes an event', async () => {
    rules = [rule({ actions: [{ cloudwatchLogs: { roleArn: 'role', logGroupName: 'group' } }] })];
    await publish('lamps/l1', { a: 1 });
    expect(logged).toEqual([{ logGroupName: 'group', events: [{ message: '{"a":1}', timestampMs: 0 }] }]);
  });

  test('cloudwatchLogs writes batches, and fails for what is none', async () => {
    const logs = { roleArn: 'role', logGroupName: 'group/${topic(2)}', batchMode: true };
    rules = [
      rule({
        sql: "SELECT VALUE batch FROM 'lamps/+'",
        actions: [{ cloudwatchLogs: logs }],
        errorAction: { sqs: { roleArn: 'role', queueUrl: 'errors' } },
      }),
    ];
    await publish('lamps/l1', {
      batch: [
        { timestamp: 1, message: 'one' },
        { timestamp: 2, message: 'two' },
      ],
    });
    expect(logged).toEqual([
      {
        logGroupName: 'group/l1',
        events: [
          { timestampMs: 1, message: 'one' },
          { timestampMs: 2, message: 'two' },
        ],
      },
    ]);
    await publish('lamps/l1', { batch: 'none' });
    expect(sent.map(({ queueUrl }) => queueUrl)).toEqual(['errors']);
  });

  test('sns publishes to a topic', async () => {
    rules = [rule({ sql: "SELECT * FROM 'lamps/+'", actions: [{ sns: { roleArn: 'role', targetArn: 'arn:${topic(2)}' } }] })];
    await publish('lamps/l1', { a: 1 });
    expect(notifications).toEqual([{ targetArn: 'arn:l1', message: '{"a":1}' }]);
  });

  test('cloudwatchMetric puts a sample, whose time is in seconds', async () => {
    const metric = {
      roleArn: 'role',
      metricNamespace: 'n',
      metricName: '${name}',
      metricUnit: 'Count',
      metricValue: '${value}',
      metricTimestamp: '7',
    };
    rules = [rule({ actions: [{ cloudwatchMetric: metric }] })];
    await publish('lamps/l1', { name: 'm', value: 2.5 });
    expect(measurements).toEqual([{ namespace: 'n', metricName: 'm', unit: 'Count', value: 2.5, timestampMs: 7000 }]);
  });

  test('dynamoDBv2 puts the outgoing payload as an item', async () => {
    rules = [rule({ actions: [{ dynamoDBv2: { roleArn: 'role', putItem: { tableName: 'table' } } }] })];
    await publish('lamps/l1', { a: 1 });
    expect(items).toEqual([{ tableName: 'table', item: { a: 1 } }]);
  });

  test('republish sets the headers that it is told to', async () => {
    const headers = {
      payloadFormatIndicator: 'UTF8_DATA',
      contentType: 'type/${a}',
      responseTopic: 'answers',
      correlationData: 'aWQ=',
      messageExpiry: '60',
      userProperties: [
        { key: 'k', value: '${topic(2)}' },
        { key: 'k', value: '2' },
        { key: '__proto__', value: 'x' },
      ],
    };
    rules = [rule({ sql: "SELECT * FROM 'lamps/+'", actions: [{ republish: { roleArn: 'role', topic: 'copies', headers } }] })];
    await publish('lamps/l1', { a: 7 });
    expect(published[0]).toMatchObject({
      properties: { payloadFormatIndicator: true, contentType: 'type/7', responseTopic: 'answers', correlationData: Buffer.from('id') },
      expiresAt: 60_000,
    });
    expect(Object.entries(published[0]?.properties?.userProperties ?? {})).toEqual([
      ['k', ['l1', '2']],
      ['__proto__', ['x']],
    ]);
  });

  test('republish that sets itself off comes to an end', async () => {
    rules = [rule({ actions: [{ republish: { roleArn: 'role', topic: 'lamps/again' } }] })];
    await publish('lamps/l1');
    expect(published).toHaveLength(101);
  });

  test('republish that multiplies comes to an end at the rate of the account', async () => {
    const actions = Array.from({ length: 2 }, () => ({ republish: { roleArn: 'role', topic: 'lamps/again' } }));
    rules = [rule({ actions })];
    await publish('lamps/l1');
    expect(published.length).toBeLessThanOrEqual(40_000);
  });
});

describe('the error action', () => {
  const errorAction = { sqs: { roleArn: 'role', queueUrl: 'errors' } };

  const failuresOf = async (actions: readonly object[]): Promise<unknown> => {
    rules = [rule({ actions, errorAction })];
    await publish('lamps/l1');
    return JSON.parse(sent.find(({ queueUrl }) => queueUrl === 'errors')?.body ?? 'null');
  };

  test('gets one message for all failures, with the original payload', async () => {
    const message = await failuresOf([
      { sqs: { roleArn: 'role', queueUrl: 'missing' } },
      { sqs: { roleArn: 'role', queueUrl: 'queue' } },
      { sqs: { roleArn: 'role', queueUrl: 'missing' } },
    ]);
    const errorMessage = expect.stringMatching(
      /^Failed to send the message to the SQS queue\. The error received was There is no such queue \(Service: AmazonSQS; Status Code: 400; Error Code: QueueDoesNotExist; Request ID: [0-9a-f-]{36}\)\. Message arrived on: lamps\/l1, Action: sqs, Queue: missing$/,
    );
    const failure = { failedAction: 'SqsAction', failedResource: 'missing', errorMessage };
    expect(message).toEqual({
      ruleName: 'r',
      topic: 'lamps/l1',
      cloudwatchTraceId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      clientId: 'lamp-1',
      base64OriginalPayload: Buffer.from('{"a":1}').toString('base64'),
      failures: [failure, failure],
    });
    expect(sent.filter(({ queueUrl }) => queueUrl === 'queue')).toHaveLength(1);
  });

  test('is told when Lambda does not run the function', async () => {
    invoked = { outcome: 'refused', code: 'AccessDeniedException' };
    expect(await failuresOf([{ lambda: { functionArn: 'f' } }])).toMatchObject({ failures: [{ failedAction: 'LambdaAction' }] });
  });

  test('is not told what the function itself threw, because the call is asynchronous', async () => {
    invoked = { outcome: 'failed', errorType: 'Error', errorMessage: 'x' };
    expect(await failuresOf([{ lambda: { functionArn: 'f' } }])).toBeNull();
  });

  test('is told when a template yields no topic', async () => {
    expect(await failuresOf([{ republish: { roleArn: 'role', topic: 'a/${b}/#' } }])).toMatchObject({
      failures: [{ failedAction: 'RepublishAction' }],
    });
  });

  test('that fails itself is the end of it', async () => {
    rules = [
      rule({
        actions: [{ sqs: { roleArn: 'role', queueUrl: 'missing' } }],
        errorAction: { sqs: { roleArn: 'role', queueUrl: 'missing' } },
      }),
    ];
    await publish('lamps/l1');
    expect(sent).toEqual([]);
  });
});
