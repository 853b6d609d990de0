import type { TopicRulePayload } from '@aws-sdk/client-iot';
import {
  CreateTopicRuleCommand,
  DeleteTopicRuleCommand,
  DisableTopicRuleCommand,
  EnableTopicRuleCommand,
  GetTopicRuleCommand,
  ListTagsForResourceCommand,
  ListTopicRulesCommand,
  ReplaceTopicRuleCommand,
} from '@aws-sdk/client-iot';
import { arn, expectRefusal, fresh, useControlPlane } from './test-control-plane.ts';

const subject = useControlPlane();

const sqsAction = { sqs: { roleArn: 'arn:aws:iam::123456789012:role/r', queueUrl: 'http://localhost/q', useBase64: false } };
const payload: TopicRulePayload = { sql: "SELECT * FROM '$aws/events/presence/connected/#'", actions: [sqsAction] };

const create = (ruleName: string, more: Partial<TopicRulePayload> = {}) =>
  subject.iot.send(new CreateTopicRuleCommand({ ruleName, topicRulePayload: { ...payload, ...more } }));

const get = (ruleName: string) => subject.iot.send(new GetTopicRuleCommand({ ruleName }));

describe('a topic rule', () => {
  test('is stored as it was sent, enabled', async () => {
    const ruleName = fresh('rule');
    await create(ruleName, { awsIotSqlVersion: '2016-03-23', errorAction: { republish: { roleArn: 'r', topic: 't', qos: 1 } } });
    const { ruleArn, rule } = await get(ruleName);
    expect(ruleArn).toBe(arn(`rule/${ruleName}`));
    expect(rule).toMatchObject({ ...payload, ruleName, ruleDisabled: false, errorAction: { republish: { qos: 1 } } });
    expect(rule?.createdAt?.getTime()).toBe(subject.clock.now());
  });

  test('is created once, with tags', async () => {
    const ruleName = fresh('rule');
    await subject.iot.send(new CreateTopicRuleCommand({ ruleName, topicRulePayload: payload, tags: 'a=1&b=2' }));
    const { tags } = await subject.iot.send(new ListTagsForResourceCommand({ resourceArn: arn(`rule/${ruleName}`) }));
    expect(tags).toEqual([
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: '2' },
    ]);
    await expectRefusal(create(ruleName), 'ResourceAlreadyExistsException', 409);
  });

  test.each(['with-dash', 'with space', 'x'.repeat(129)])('cannot be called %j', async (ruleName) => {
    await expectRefusal(create(ruleName), 'InvalidRequestException', 400, /ruleName/);
  });

  test('has at most ten actions, of exactly one kind each', async () => {
    await create(fresh('rule'), { actions: Array.from({ length: 10 }, () => sqsAction) });
    const tooMany = create(fresh('rule'), { actions: Array.from({ length: 11 }, () => sqsAction) });
    await expectRefusal(tooMany, 'InvalidRequestException', 400, /at most 10/);
    const twofold = { ...sqsAction, sns: { targetArn: 'a', roleArn: 'r' } };
    await expectRefusal(create(fresh('rule'), { actions: [twofold] }), 'InvalidRequestException', 400, /exactly one/);
    await expectRefusal(create(fresh('rule'), { actions: [{}] }), 'InvalidRequestException', 400, /exactly one/);
    await expectRefusal(create(fresh('rule'), { awsIotSqlVersion: '1999-01-01' }), 'InvalidRequestException', 400, /SQL version/);
  });

  test('lacks nothing that its actions require', async () => {
    const incomplete = { sqs: { roleArn: 'r', queueUrl: undefined } };
    await expectRefusal(create(fresh('rule'), { actions: [incomplete] }), 'InvalidRequestException', 400, /queueUrl/);
  });

  test('is disabled, enabled and replaced', async () => {
    const ruleName = fresh('rule');
    await create(ruleName);
    await subject.iot.send(new DisableTopicRuleCommand({ ruleName }));
    expect((await get(ruleName)).rule?.ruleDisabled).toBe(true);
    await subject.iot.send(new EnableTopicRuleCommand({ ruleName }));
    expect((await get(ruleName)).rule?.ruleDisabled).toBe(false);
    await subject.iot.send(
      new ReplaceTopicRuleCommand({ ruleName, topicRulePayload: { ...payload, sql: "SELECT * FROM 'other'", ruleDisabled: true } }),
    );
    expect((await get(ruleName)).rule).toMatchObject({ sql: "SELECT * FROM 'other'", ruleDisabled: true });
  });

  test('is listed by topic and state', async () => {
    const ruleName = fresh('rule');
    await create(ruleName, { sql: `SELECT a FROM "listed/topic" WHERE b = 1`, ruleDisabled: true });
    const list = async (input: object) => (await subject.iot.send(new ListTopicRulesCommand(input))).rules?.map((rule) => rule.ruleName);
    expect(await list({ topic: 'listed/topic' })).toEqual([ruleName]);
    expect(await list({ topic: 'listed/topic', ruleDisabled: false })).toEqual([]);
  });

  test('that does not exist is answered as if access were denied', async () => {
    const ruleName = 'missing';
    await expectRefusal(get(ruleName), 'UnauthorizedException', 401);
    await expectRefusal(subject.iot.send(new DeleteTopicRuleCommand({ ruleName })), 'UnauthorizedException', 401);
    await expectRefusal(
      subject.iot.send(new ReplaceTopicRuleCommand({ ruleName, topicRulePayload: payload })),
      'UnauthorizedException',
      401,
    );
  });

  test('is gone once it is deleted', async () => {
    const ruleName = fresh('rule');
    await create(ruleName);
    await subject.iot.send(new DeleteTopicRuleCommand({ ruleName }));
    expect(subject.plane.registry.topicRules.has(ruleName)).toBe(false);
  });
});
