import {
  DeleteRuleCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
  type RuleState,
  ListRuleNamesByTargetCommand,
  ListRulesCommand,
  ListTagsForResourceCommand,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-eventbridge';
import { AwsError } from '../../../local/aws-error.ts';
import { createEventBridgeService } from '../../../local/eventbridge/eventbridge-service.ts';
import { isJsonObject } from '../../../local/json-object.ts';
import type { Invocation } from '../../../local/lambda/function-invoker.ts';
import { ManualClock } from '../../../local/manual-clock.ts';
import type { ServiceMessage } from '../../../local/sqs/service-delivery.ts';
import { providerOf, resourceContext } from '../resource-context.ts';
import type { ServiceEndpoint } from '../service-endpoint.ts';
import { serve, testAccount, testStartMs } from '../service-endpoint.ts';

const functionArn = 'arn:aws:lambda:eu-central-1:123456789012:function:sweep';
const queueArn = 'arn:aws:sqs:eu-central-1:123456789012:ticks';
const forbiddenArn = 'arn:aws:lambda:eu-central-1:123456789012:function:closed';

const sent: Invocation[] = [];
const queued: ServiceMessage[] = [];
let clock: ManualClock;
let service: ReturnType<typeof createEventBridgeService>;
let endpoint: ServiceEndpoint;
let events: EventBridgeClient;

beforeEach(async () => {
  [sent.length, queued.length] = [0, 0];
  clock = new ManualClock(testStartMs);
  service = createEventBridgeService({
    account: testAccount,
    clock,
    ports: {
      functions: {
        send: (invocation) => {
          if (invocation.functionArn === forbiddenArn) throw new AwsError('AccessDeniedException', 'no', { status: 403 });
          sent.push(invocation);
        },
      },
      deliverToQueue: (message) => queued.push(message),
    },
  });
  endpoint = await serve(service.api);
  events = new EventBridgeClient(endpoint.config);
});
afterEach(async () => {
  service.stop();
  events.destroy();
  await endpoint.stop();
});

const minutes = 60_000;

/** Time passes in steps, as it does outside tests. */
const pass = async (stepMs: number, steps = 1): Promise<void> => {
  for (let step = 0; step < steps; step++) {
    clock.advance(stepMs);
    await Promise.resolve();
  }
};

const put = async (ScheduleExpression: string, ...targets: readonly string[]): Promise<string> => {
  const { RuleArn } = await events.send(new PutRuleCommand({ Name: 'tick', ScheduleExpression }));
  const Targets = targets.map((Arn, index) => ({ Id: `t${String(index)}`, Arn }));
  if (Targets.length > 0) await events.send(new PutTargetsCommand({ Rule: 'tick', Targets }));
  return RuleArn ?? '';
};

const times = (): readonly unknown[] => sent.map(({ payload }) => (isJsonObject(payload) ? payload['time'] : undefined));

describe('a rule with a schedule', () => {
  test('sends a scheduled event to its targets at each of its times', async () => {
    const arn = await put('rate(5 minutes)', functionArn, queueArn);
    await pass(5 * minutes - 1);
    expect(sent).toEqual([]);
    await pass(1);
    await pass(5 * minutes);
    expect(times()).toEqual(['2026-11-22T00:05:00Z', '2026-11-22T00:10:00Z']);
    expect(sent[0]).toEqual({
      ...{ functionArn, principal: 'events.amazonaws.com', sourceArn: arn, sourceAccount: '123456789012' },
      payload: {
        ...{ version: '0', id: expect.any(String) as string, 'detail-type': 'Scheduled Event', source: 'aws.events' },
        ...{ account: '123456789012', region: 'eu-central-1', resources: [arn], detail: {}, time: '2026-11-22T00:05:00Z' },
      },
    });
    expect(queued).toMatchObject([{ queueArn, principal: 'events.amazonaws.com', sourceArn: arn }, { queueArn }]);
    expect(JSON.parse(queued[0]?.body ?? '')).toEqual(sent[0]?.payload);
  });

  test('runs once after a jump over many of its times, for the last of them', async () => {
    await put('rate(5 minutes)', functionArn);
    await pass(24 * 60 * minutes);
    expect(times()).toEqual(['2026-11-23T00:00:00Z']);
    await pass(5 * minutes);
    expect(times()).toHaveLength(2);
  });

  test('rests while it is disabled, and counts anew afterwards', async () => {
    await put('rate(5 minutes)', functionArn);
    await events.send(new DisableRuleCommand({ Name: 'tick' }));
    await pass(7 * minutes);
    await events.send(new EnableRuleCommand({ Name: 'tick' }));
    await pass(minutes, 4);
    expect(sent).toEqual([]);
    await pass(minutes);
    expect(times()).toEqual(['2026-11-22T00:12:00Z']);
  });

  test('keeps its rhythm when it is put again, and changes it with its schedule', async () => {
    await put('rate(5 minutes)', functionArn);
    await pass(3 * minutes);
    await put('rate(5 minutes)');
    await pass(2 * minutes);
    expect(times()).toEqual(['2026-11-22T00:05:00Z']);
    await put('cron(0 1 * * ? *)');
    await pass(54 * minutes);
    expect(sent).toHaveLength(1);
    await pass(minutes);
    expect(times().at(-1)).toBe('2026-11-22T01:00:00Z');
  });

  test('sends its input in the event’s place', async () => {
    await events.send(new PutRuleCommand({ Name: 'tick', ScheduleExpression: 'rate(1 minute)' }));
    await events.send(new PutTargetsCommand({ Rule: 'tick', Targets: [{ Id: 't', Arn: functionArn, Input: '{"sweep":true}' }] }));
    await pass(minutes);
    expect(sent).toMatchObject([{ payload: { sweep: true } }]);
  });

  test('puts what a target refuses on the dead-letter queue, and goes on', async () => {
    const DeadLetterConfig = { Arn: queueArn };
    await put('rate(1 minute)', functionArn);
    await events.send(new PutTargetsCommand({ Rule: 'tick', Targets: [{ Id: 'a', Arn: forbiddenArn, DeadLetterConfig }] }));
    await pass(minutes);
    expect(queued).toMatchObject([{ queueArn, attributes: { ERROR_CODE: { StringValue: 'AccessDeniedException' } } }]);
    expect(sent).toHaveLength(1);
  });
});

describe('a rule with a pattern', () => {
  const call = { source: 'aws.iot', detailType: 'AWS API Call via CloudTrail', atMs: testStartMs, resources: [] };
  const putPattern = async (State: RuleState): Promise<void> => {
    await events.send(new PutRuleCommand({ Name: 'calls', EventPattern: '{"source": ["aws.iot"]}', State }));
    await events.send(new PutTargetsCommand({ Rule: 'calls', Targets: [{ Id: 'q', Arn: queueArn }] }));
  };
  const told = (): readonly unknown[] =>
    queued.map(({ body }) => (JSON.parse(body) as { readonly detail: { readonly eventName: unknown } }).detail.eventName);
  const tell = (...names: readonly string[]): void => {
    for (const eventName of names) service.publish({ ...call, detail: { eventName } });
  };

  test('sends the events of the bus that it matches to its targets, in their envelope', async () => {
    await putPattern('ENABLED');
    tell('UpdateCertificate');
    service.publish({ ...call, source: 'aws.kms', detail: { eventName: 'DisableKey' } });
    expect(queued.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      {
        ...{ version: '0', id: expect.any(String) as unknown, account: testAccount.accountId, region: testAccount.region, resources: [] },
        ...{ source: 'aws.iot', 'detail-type': call.detailType, time: '2026-11-22T00:00:00Z' },
        detail: { eventName: 'UpdateCertificate' },
      },
    ]);
  });

  test('is told of calls that only read when its state says so, and of two of STS always', async () => {
    await putPattern('ENABLED');
    tell('ListThings', 'DescribeThing', 'GetPolicy', 'GetSessionToken');
    expect(told()).toEqual(['GetSessionToken']);
    await putPattern('ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS');
    tell('ListThings');
    expect(told()).toEqual(['GetSessionToken', 'ListThings']);
  });

  test('is told nothing while it is disabled, and never runs by the clock', async () => {
    await putPattern('DISABLED');
    tell('UpdateCertificate');
    await pass(60 * minutes);
    expect(queued).toEqual([]);
  });
});

describe('the operations', () => {
  test('describe, list and tag what was put', async () => {
    const arn = await put('rate(5 minutes)', functionArn);
    await events.send(
      new TagResourceCommand({
        ResourceARN: arn,
        Tags: [
          { Key: 'a', Value: '1' },
          { Key: 'b', Value: '2' },
        ],
      }),
    );
    await events.send(new UntagResourceCommand({ ResourceARN: arn, TagKeys: ['a'] }));
    expect((await events.send(new ListTagsForResourceCommand({ ResourceARN: arn }))).Tags).toEqual([{ Key: 'b', Value: '2' }]);
    expect(await events.send(new DescribeRuleCommand({ Name: 'tick' }))).toMatchObject({
      ...{ Name: 'tick', Arn: arn, State: 'ENABLED', ScheduleExpression: 'rate(5 minutes)', EventBusName: 'default' },
    });
    expect((await events.send(new ListRulesCommand({ NamePrefix: 'ti' }))).Rules).toMatchObject([{ Name: 'tick' }]);
    expect((await events.send(new ListRulesCommand({ NamePrefix: 'x' }))).Rules).toEqual([]);
    expect((await events.send(new ListTargetsByRuleCommand({ Rule: 'tick' }))).Targets).toEqual([{ Id: 't0', Arn: functionArn }]);
    expect((await events.send(new ListRuleNamesByTargetCommand({ TargetArn: functionArn }))).RuleNames).toEqual(['tick']);
  });

  test('delete a rule only without targets; it runs no more', async () => {
    await put('rate(5 minutes)', functionArn);
    await expect(events.send(new DeleteRuleCommand({ Name: 'tick' }))).rejects.toMatchObject({ name: 'ValidationException' });
    await events.send(new RemoveTargetsCommand({ Rule: 'tick', Ids: ['t0'] }));
    await events.send(new DeleteRuleCommand({ Name: 'tick' }));
    await expect(events.send(new DescribeRuleCommand({ Name: 'tick' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await pass(10 * minutes);
    expect(sent).toEqual([]);
  });

  test.each([
    [{ Name: 'x' }, 'must be specified'],
    [{ Name: 'x', ScheduleExpression: 'rate(5 minute)' }, 'ScheduleExpression is not valid'],
    [{ Name: 'x', ScheduleExpression: 'rate(1 day)', EventBusName: 'own' }, 'default event bus only'],
    [{ Name: 'a b', ScheduleExpression: 'rate(1 day)' }, 'letters, digits'],
  ])('refuse %j', async (input, message) => {
    await expect(events.send(new PutRuleCommand(input))).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message) as unknown,
    });
  });

  test('refuse a pattern that cannot be read', async () => {
    const put = events.send(new PutRuleCommand({ Name: 'x', EventPattern: '{"source": "aws.iot"}' }));
    await expect(put).rejects.toMatchObject({ name: 'InvalidEventPatternException' });
  });

  test('take five targets of a rule, functions and queues, and no settings of others', async () => {
    await put('rate(5 minutes)', functionArn);
    const targets = Array.from({ length: 5 }, (_, index) => ({ Id: `x${String(index)}`, Arn: functionArn }));
    await expect(events.send(new PutTargetsCommand({ Rule: 'tick', Targets: targets }))).rejects.toMatchObject({
      name: 'LimitExceededException',
    });
    const topic = [{ Id: 'a', Arn: 'arn:aws:sns:eu-central-1:123456789012:t' }];
    await expect(events.send(new PutTargetsCommand({ Rule: 'tick', Targets: topic }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
    const transformed = [{ Id: 'a', Arn: functionArn, InputPath: '$.time' }];
    await expect(events.send(new PutTargetsCommand({ Rule: 'tick', Targets: transformed }))).rejects.toThrow('InputPath');
  });
});

describe('AWS::Events::Rule', () => {
  test('is made, changed and removed with its targets', async () => {
    const provider = providerOf(service.resources, 'AWS::Events::Rule');
    const from = { ScheduleExpression: 'rate(5 minutes)', State: 'ENABLED', Targets: [{ Id: 'Target0', Arn: functionArn }] };
    const state = await provider.create(from, resourceContext());
    expect(state.attributes['Arn']).toBe(`arn:aws:events:eu-central-1:123456789012:rule/${state.physicalId}`);
    await pass(5 * minutes);
    expect(sent).toHaveLength(1);
    const to = { ...from, ScheduleExpression: 'rate(1 minute)', Targets: [{ Id: 'Other', Arn: queueArn }] };
    await provider.update(state, { from, to }, resourceContext());
    await pass(minutes);
    expect([sent.length, queued.length]).toEqual([1, 1]);
    await provider.delete(state, to, resourceContext());
    expect((await events.send(new ListRulesCommand({}))).Rules).toEqual([]);
  });

  test('takes its pattern as an object and shows it as one', async () => {
    const provider = providerOf(service.resources, 'AWS::Events::Rule');
    const EventPattern = { source: ['aws.iot'] };
    const state = await provider.create({ EventPattern }, resourceContext());
    expect((await events.send(new DescribeRuleCommand({ Name: state.physicalId }))).EventPattern).toBe('{"source":["aws.iot"]}');
    expect(await provider.read?.(state, { EventPattern })).toEqual({ EventPattern, State: 'ENABLED' });
  });
});
