import { parseConfiguration } from '../../../../domain/configuration.ts';
import { claimReach } from '../../../../lib/rules/policy/claim-reach.ts';
import { connectClientId } from '../../../../lib/rules/policy/connect-client-id.ts';
import { topicRoots } from '../../../../lib/rules/policy/topic-roots.ts';
import { wildcardResource } from '../../../../lib/rules/policy/wildcard-resource.ts';
import { allow, arn, findings, policyOf } from '../fixtures.ts';

const THING = '${iot:Connection.Thing.ThingName}';

describe('A resource that is everything', () => {
  test.each([
    '*',
    'arn:aws:iot:*:123456789012:topic/muster/a',
    'arn:aws:iot:eu-central-1:*:topic/muster/a',
    arn('*'),
    arn('topic/*'),
    arn('topic/?'),
    arn('topicfilter/#'),
    arn('topicfilter/+/a'),
    arn('client/*'),
    'arn:aws:s3:::bucket/key',
  ])('is found in an Allow: %s', (resource) => {
    expect(findings(wildcardResource, policyOf([{ Effect: 'Allow', Action: 'iot:Publish', Resource: resource }]))).toHaveLength(1);
  });

  test('is found where an Allow says what it is not', () => {
    expect(findings(wildcardResource, policyOf([{ Effect: 'Allow', Action: 'iot:Publish', NotResource: arn('topic/a') }]))).toHaveLength(1);
  });

  test('is right in a Deny', () => {
    expect(findings(wildcardResource, policyOf([{ Effect: 'Deny', Action: 'iot:Publish', Resource: '*' }]))).toEqual([]);
  });

  test('is not one that begins with a name', () => {
    expect(findings(wildcardResource, policyOf([allow('iot:Publish', `topic/muster/things/${THING}/*`)]))).toEqual([]);
  });
});

describe('Permission to connect', () => {
  const rule = connectClientId(
    parseConfiguration({ lines: [{ name: 'sensor' }, { name: 'legacy', clientIds: { assigned: true } }] }, ['pki']),
  );
  const check = (resource: string, PolicyName = 'muster-device-sensor') =>
    findings(rule, policyOf([allow('iot:Connect', resource)], { PolicyName }));

  test.each([`client/${THING}`, 'client/muster-claim-sensor-*'])('is bound to the device: %s', (resource) => {
    expect(check(resource)).toEqual([]);
  });

  test.each(['client/*', 'client/${iot:ClientId}', 'client/muster*', 'client/?-*', 'client/sensor-1', 'topic/muster/a'])(
    'under a client id of its choice is found: %s',
    (resource) => {
      expect(check(resource)).toHaveLength(1);
    },
  );

  test('may be under ids that AWS IoT assigns, on a line that says so and on no other', () => {
    expect(check('client/$GEN/*', 'muster-device-legacy')).toEqual([]);
    expect(check('client/$GEN/*')).toHaveLength(1);
  });

  test.each(['client/*', 'client/$*', 'client/$GEN*', 'client/$GEN/', 'topic/$GEN/*'])(
    'is no wider on such a line: %s is found',
    (resource) => {
      expect(check(resource, 'muster-device-legacy')).toHaveLength(1);
    },
  );
});

describe('The policy of a claim', () => {
  const register = '$aws/provisioning-templates/muster-sensor/provision/json';
  const connect = allow('iot:Connect', 'client/muster-claim-sensor-*');
  const publish = allow('iot:Publish', `topic/${register}`);

  test('may do what onboarding takes', () => {
    expect(findings(claimReach, policyOf([connect, publish, allow('iot:Subscribe', `topicfilter/${register}/accepted`)]))).toEqual([]);
  });

  test.each([
    ['publish beyond it', allow('iot:Publish', 'topic/muster/lines/sensor/firmware')],
    ['listen to everything about it', allow('iot:Subscribe', 'topicfilter/$aws/provisioning-templates/*')],
    ['ask for a key that was made in the cloud', allow('iot:Publish', 'topic/$aws/certificates/create/json')],
    ['connect as a thing', allow('iot:Connect', `client/${THING}`)],
    ['retain messages', allow('iot:RetainPublish', `topic/${register}`)],
    ['receive requests', allow('iot:Receive', `topic/${register}`)],
  ])('may not %s', (_, statement) => {
    expect(findings(claimReach, policyOf([connect, publish, statement]))).toEqual([expect.stringContaining('in the policy of a claim')]);
  });

  test('is recognized by what it does, not by its name', () => {
    const policy = policyOf([publish, allow('iot:Publish', 'topic/a')], { PolicyName: 'harmless' });
    expect(findings(claimReach, policy)).toHaveLength(1);
  });

  test('is no concern of a device policy', () => {
    expect(findings(claimReach, policyOf([allow('iot:Publish', 'topic/muster/a')]))).toEqual([]);
  });
});

describe('A topic that devices may use', () => {
  const rule = topicRoots(parseConfiguration({ lines: [{ name: 'sensor' }, { name: 'pump' }], tenants: [{ name: 'acme' }] }, ['pki']));
  const check = (topic: string, PolicyName = 'muster-device-sensor') =>
    findings(rule, policyOf([allow('iot:Publish', `topic/${topic}`)], { PolicyName }));

  test('lies elsewhere only where the configuration gives just that name to just that line', () => {
    const absolute = { topic: 'iot/device/heartbeat', absolute: true, reason: 'these devices know no other topic' };
    const legacy = topicRoots(parseConfiguration({ lines: [{ name: 'sensor' }, { name: 'legacy', sharedTopics: [absolute] }] }, ['pki']));
    const found = (topic: string, PolicyName: string) =>
      findings(legacy, policyOf([allow('iot:Publish', `topic/${topic}`)], { PolicyName }));
    expect(found('iot/device/heartbeat', 'muster-device-legacy')).toEqual([]);
    for (const topic of ['iot/device/heartbeats', 'iot/device/*', 'iot/device'])
      expect(found(topic, 'muster-device-legacy')).toHaveLength(1);
    for (const name of ['muster-device-sensor', 'muster-tenant-acme']) expect(found('iot/device/heartbeat', name)).toHaveLength(1);
  });

  test.each([`muster/things/${THING}/state`, `muster/things/${THING}/*`, `$aws/things/${THING}/jobs/*`, 'muster/lines/sensor/firmware'])(
    'lies below a root of theirs: %s',
    (topic) => {
      expect(check(topic)).toEqual([]);
    },
  );

  test.each([
    'muster/things/*',
    'muster/things/sensor-1/state',
    `muster/things/${THING}`,
    `muster/things/${THING}*`,
    'muster/lines/pump/firmware',
    'muster/lines/sensor/*',
    'muster/lines/sensor/+',
    'muster/lines/${iot:ClientId}/a',
    'muster/tenants/acme/a',
    'elsewhere/a',
    '$aws/things/*',
    '$aws/things/sensor-1/jobs/get',
    `$aws/things/${THING}/shadow/update`,
    `$aws/things/${THING}/jobs*`,
    '$aws/events/#',
  ])('lies nowhere else: %s', (topic) => {
    expect(check(topic)).toHaveLength(1);
  });

  test('lies below the root of their tenant where a tenant’s policy says so', () => {
    expect(check('muster/tenants/acme/notices', 'muster-tenant-acme')).toEqual([]);
    expect(check('muster/lines/sensor/firmware', 'muster-tenant-acme')).toHaveLength(1);
  });
});
