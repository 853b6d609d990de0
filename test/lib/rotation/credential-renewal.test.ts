import { resourcesOfType } from '../intents.ts';
import * as approaches from '../../../bin/approaches.ts';
import { synthesize } from '../../setup/app.ts';

const fleet = (rotation: object) => ({
  configuration: {
    prefix: 'my-fleet',
    topicPrefix: 'fleet',
    lines: [
      { name: 'sensor', ...rotation },
      { name: 'valve', approaches: ['psk'], ...rotation },
      { name: 'tap', approaches: ['psk'] },
    ],
    approaches: { psk: { lines: { valve: { keyVersions: [3, 4] } } } },
  },
  approaches,
});

const { onboarding } = synthesize(fleet({ rotation: {} }));

const functionOf = (template: typeof onboarding) =>
  resourcesOfType(template, 'AWS::Lambda::Function').filter(({ logicalId }) => logicalId.startsWith('CredentialRenewal'));

const granted = (): string => {
  const policies = resourcesOfType(onboarding, 'AWS::IAM::Policy').filter(({ logicalId }) => logicalId.startsWith('CredentialRenewal'));
  return JSON.stringify(policies.map(({ properties }) => properties['PolicyDocument']));
};

describe('The renewal of credentials', () => {
  test('is there where a line rotates, and nowhere else', () => {
    expect(functionOf(onboarding)).toHaveLength(1);
    expect(functionOf(synthesize(fleet({})).onboarding)).toHaveLength(0);
  });

  test('hears devices on topics of their own, and who they are from AWS IoT alone', () => {
    const [rule] = resourcesOfType(onboarding, 'AWS::IoT::TopicRule').filter(
      ({ properties }) => properties['RuleName'] === 'my_fleet_credential_renewal',
    );
    const { Sql } = rule?.properties['TopicRulePayload'] as { readonly Sql: string };
    expect(Sql).toBe(
      "SELECT encode(*, 'base64') AS payload, topic(3) AS thing, principal() AS principal FROM 'fleet/things/+/credential/ask'",
    );
  });

  test('is not called again by Lambda: the device asks again, and five minutes later nobody waits', () => {
    onboarding.hasResourceProperties('AWS::Lambda::EventInvokeConfig', { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 300 });
  });

  test('may tell things of this deployment on that topic of theirs, and write enrollments and nothing else', () => {
    expect(granted()).toContain(':topic/fleet/things/my-fleet:*/credential/tell"');
    expect(granted()).toContain('{"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["enrollment#*"]}}');
    expect(granted()).not.toMatch(/dynamodb:(DeleteItem|Query|Scan)|iot:\*/);
  });

  test('makes keys of the newest version of the lines that rotate, and of no other', () => {
    const [{ properties } = { properties: {} }] = functionOf(onboarding);
    const { Variables } = (properties as { Environment: { Variables: Record<string, string> } }).Environment;
    expect(Variables['NEWEST_KEY_VERSIONS']).toBe('{"valve":4}');
    expect(granted()).toContain('"kms:RequestAlias":["alias/my-fleet-psk-valve-4"]');
    expect(granted()).not.toMatch(/psk-(valve-3|tap)/);
  });
});
