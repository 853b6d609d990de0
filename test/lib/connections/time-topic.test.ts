import { CreateTopicRuleCommand } from '@aws-sdk/client-iot';
import { synthesize } from '../../setup/app.ts';
import { ObservedWorld } from '../../conformance/observed-world.ts';
import { resourcesOfType } from '../intents.ts';
import { withBare } from '../bare-approach.ts';

const { onboarding } = synthesize(withBare());
const [rule] = resourcesOfType(onboarding, 'AWS::IoT::TopicRule').filter(({ properties }) => properties['RuleName'] === 'muster_time');

interface Payload {
  readonly Sql: string;
  readonly AwsIotSqlVersion: string;
  readonly Actions: readonly [{ readonly Republish: { readonly Topic: string; readonly Qos: number } }];
}

const payload = rule?.properties['TopicRulePayload'] as Payload;

describe('The rule that tells the time', () => {
  test('may publish where things of this deployment are told, and nowhere else', () => {
    const [policy] = resourcesOfType(onboarding, 'AWS::IAM::Policy').filter(({ logicalId }) => logicalId.includes('pskTimeRole'));
    expect((policy?.properties['PolicyDocument'] as { Statement: unknown }).Statement).toEqual([
      {
        Effect: 'Allow',
        Action: 'iot:Publish',
        Resource: 'arn:aws-us-gov:iot:us-gov-west-1:123456789012:topic/muster/things/muster:*/time/tell',
      },
    ]);
  });

  describe('as the local AWS performs it', () => {
    let world: ObservedWorld;
    beforeAll(async () => {
      world = await ObservedWorld.start();
      const { accountId, region } = world.aws.account;
      const Resource = `arn:aws:iot:${region}:${accountId}:topic/muster/things/muster:*/time/tell`;
      const roleArn = await world.role('iot.amazonaws.com', {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'iot:Publish', Resource }],
      });
      const [{ Republish }] = payload.Actions;
      const topicRulePayload = {
        sql: payload.Sql,
        awsIotSqlVersion: payload.AwsIotSqlVersion,
        actions: [{ republish: { roleArn, topic: Republish.Topic, qos: Republish.Qos } }],
      };
      await world.iot.send(new CreateTopicRuleCommand({ ruleName: 'muster_time', topicRulePayload }));
    });
    afterAll(() => world.stop());

    test.each([
      ['an empty object', '{}'],
      ['nothing', ''],
      ['what is no JSON', Buffer.from([0xff, 0x00])],
    ])('answers who asks with %s, on a topic of its own and on no other', async (_, question) => {
      const device = await world.device();
      const heard = await world.listen(device, 'muster/things/+/time/tell');
      const client = await world.connect(device, world.unique('asker'));
      const thing = `muster:sensor:${world.unique('SN')}`;
      const askedAt = Date.now();
      await client.publishAsync(`muster/things/${thing}/time/ask`, question, { qos: 1 });
      await world.soon(
        () => heard.length,
        (count) => count > 0,
      );
      expect(heard.map(({ topic }) => topic)).toEqual([`muster/things/${thing}/time/tell`]);
      const { now, ...rest } = JSON.parse(heard[0]?.payload ?? '') as { readonly now: number };
      expect(rest).toEqual({});
      expect(now).toBeGreaterThanOrEqual(askedAt);
      expect(now).toBeLessThanOrEqual(Date.now());
    });
  });
});
