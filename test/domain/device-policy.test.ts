import { compileClaimPolicy } from '../../domain/claim/claim-policy.ts';
import { compileDevicePolicy, compileProbationPolicy, compileQuarantinePolicy, compileSharedPolicy } from '../../domain/device-policy.ts';
import type { PolicyDocument, PolicyScope } from '../../domain/policy-document.ts';
import { topicTree } from '../../domain/topics.ts';
import { aLine, aTenant } from '../builders/identifiers.ts';

const scope: PolicyScope = { partition: 'aws', region: 'eu-west-1', account: '111122223333' };
const topics = topicTree('muster');
const arn = (rest: string) => `arn:aws:iot:eu-west-1:111122223333:${rest}`;
const OWN = 'muster/things/${iot:Connection.Thing.ThingName}';

const resourcesOf = (policy: PolicyDocument | undefined, action: string): readonly string[] =>
  (policy?.Statement ?? [])
    .filter(({ Effect, Action }) => Effect === 'Allow' && Action.includes(action))
    .flatMap(({ Resource }) => Resource ?? []);

const allResources = (policy: PolicyDocument): readonly string[] =>
  policy.Statement.flatMap(({ Resource, NotResource }) => [...(Resource ?? []), ...(NotResource ?? [])]);

describe('The policy of a device', () => {
  const policy = compileDevicePolicy(
    { scope, topics },
    {
      of: 'line',
      line: aLine(),
      sharedTopics: [
        { topic: 'firmware', publish: false },
        { topic: 'alerts/fire', publish: true },
      ],
    },
  );

  test('lets it connect under the name of its thing, and under no other', () => {
    expect(resourcesOf(policy, 'iot:Connect')).toEqual([arn('client/${iot:Connection.Thing.ThingName}')]);
  });

  test('F3: lets it publish below its own root, and on shared topics that say so', () => {
    expect(resourcesOf(policy, 'iot:Publish')).toEqual([arn(`topic/${OWN}/*`), arn('topic/muster/lines/sensor/alerts/fire')]);
  });

  test('lets it read its own topics and those that its line shares', () => {
    const shared = ['muster/lines/sensor/firmware', 'muster/lines/sensor/alerts/fire'];
    expect(resourcesOf(policy, 'iot:Subscribe')).toEqual([`${OWN}/*`, ...shared].map((topic) => arn(`topicfilter/${topic}`)));
    expect(resourcesOf(policy, 'iot:Receive')).toEqual([`${OWN}/*`, ...shared].map((topic) => arn(`topic/${topic}`)));
  });

  test('lets it follow the jobs of its own thing, where its line has any', () => {
    const following = compileDevicePolicy({ scope, topics }, { of: 'line', line: aLine(), sharedTopics: [] }, { followsJobs: true });
    const jobs = '$aws/things/${iot:Connection.Thing.ThingName}/jobs/*';
    expect(resourcesOf(following, 'iot:Publish')).toEqual([`${OWN}/*`, jobs].map((topic) => arn(`topic/${topic}`)));
    expect(resourcesOf(following, 'iot:Receive')).toEqual([`${OWN}/*`, jobs].map((topic) => arn(`topic/${topic}`)));
    expect(resourcesOf(following, 'iot:Subscribe')).toEqual([`${OWN}/*`, jobs].map((topic) => arn(`topicfilter/${topic}`)));
  });

  test('allows nothing else', () => {
    expect(policy.Statement.flatMap(({ Action }) => Action).sort()).toEqual(['iot:Connect', 'iot:Publish', 'iot:Receive', 'iot:Subscribe']);
  });

  test('lets it share a topic that stands outside every root by its name as it is, on a line that has one', () => {
    const sharedTopics = [{ topic: 'iot/device/heartbeat', publish: false, absolute: true }];
    const legacy = compileDevicePolicy({ scope, topics }, { of: 'line', line: aLine(), sharedTopics });
    expect(resourcesOf(legacy, 'iot:Subscribe')).toEqual([arn(`topicfilter/${OWN}/*`), arn('topicfilter/iot/device/heartbeat')]);
    expect(resourcesOf(legacy, 'iot:Receive')).toEqual([arn(`topic/${OWN}/*`), arn('topic/iot/device/heartbeat')]);
    expect(resourcesOf(legacy, 'iot:Publish')).toEqual([arn(`topic/${OWN}/*`)]);
  });

  test('lets it connect under ids that AWS IoT assigns, too, on a line that says so', () => {
    const legacy = compileDevicePolicy({ scope, topics }, { of: 'line', line: aLine(), sharedTopics: [] }, { assignedClientIds: true });
    expect(resourcesOf(legacy, 'iot:Connect')).toEqual([arn('client/${iot:Connection.Thing.ThingName}'), arn('client/$GEN/*')]);
  });

  test('F23: fits what AWS IoT takes with eight shared topics', () => {
    const sharedTopics = Array.from({ length: 8 }, (_, index) => ({ topic: `announcements/${index}`, publish: false }));
    const full = compileDevicePolicy({ scope, topics }, { of: 'line', line: aLine(), sharedTopics });
    expect(JSON.stringify(full).replaceAll(/\s/g, '').length).toBeLessThanOrEqual(2048);
  });
});

describe('The policy of a tenant', () => {
  test('is there only when the tenant shares topics', () => {
    expect(compileSharedPolicy({ scope, topics }, { of: 'tenant', tenant: aTenant(), sharedTopics: [] })).toBeUndefined();
  });

  test('lets its devices read what it shares, and publish only where that is said', () => {
    const policy = compileSharedPolicy(
      { scope, topics },
      { of: 'tenant', tenant: aTenant(), sharedTopics: [{ topic: 'news', publish: false }] },
    );
    expect(resourcesOf(policy, 'iot:Subscribe')).toEqual([arn('topicfilter/muster/tenants/acme/news')]);
    expect(resourcesOf(policy, 'iot:Publish')).toEqual([]);
  });
});

describe('The policy of quarantine', () => {
  const { Statement } = compileQuarantinePolicy({ scope, topics });

  test('denies, and allows nothing', () => {
    expect(Statement.map(({ Effect }) => Effect)).toEqual(['Deny', 'Deny']);
  });

  test('denies publish, retain, receive and subscribe on everything but the own diagnosis topics', () => {
    expect(Statement.flatMap(({ Action }) => Action).sort()).toEqual(['iot:Publish', 'iot:Receive', 'iot:RetainPublish', 'iot:Subscribe']);
    expect(Statement.map(({ NotResource }) => NotResource)).toEqual([
      [arn(`topic/${OWN}/diagnosis/*`)],
      [arn(`topicfilter/${OWN}/diagnosis/*`)],
    ]);
  });
});

describe('The policy of probation', () => {
  const { Statement } = compileProbationPolicy({ scope, topics });

  test('denies, and allows nothing', () => {
    expect(Statement.map(({ Effect }) => Effect)).toEqual(['Deny', 'Deny', 'Deny', 'Deny']);
  });

  test('takes everything that is not the own, and the commands below the own', () => {
    expect(Statement.map(({ NotResource, Resource }) => NotResource ?? Resource)).toEqual([
      [arn(`topic/${OWN}/*`)],
      [arn(`topicfilter/${OWN}/*`)],
      [arn(`topic/${OWN}/commands`), arn(`topic/${OWN}/commands/*`)],
      [arn(`topicfilter/${OWN}/commands`), arn(`topicfilter/${OWN}/commands/*`)],
    ]);
  });
});

describe('The policy of a claim', () => {
  const policy = compileClaimPolicy(scope, { templateName: 'muster-sensor', clientIdPrefix: 'muster-claim-sensor-' });

  test('lets it connect only under client ids of its own', () => {
    expect(resourcesOf(policy, 'iot:Connect')).toEqual([arn('client/muster-claim-sensor-*')]);
  });

  test("F26: lets it send a CSR, which AWS's own sample forgets, and register with its own template", () => {
    expect(resourcesOf(policy, 'iot:Publish')).toEqual([
      arn('topic/$aws/certificates/create-from-csr/json'),
      arn('topic/$aws/provisioning-templates/muster-sensor/provision/json'),
    ]);
  });

  test('lets it read the four answers and nothing else', () => {
    const answers = ['$aws/certificates/create-from-csr/json', '$aws/provisioning-templates/muster-sensor/provision/json'].flatMap(
      (topic) => [`${topic}/accepted`, `${topic}/rejected`],
    );
    expect(resourcesOf(policy, 'iot:Subscribe')).toEqual(answers.map((topic) => arn(`topicfilter/${topic}`)));
    expect(resourcesOf(policy, 'iot:Receive')).toEqual(answers.map((topic) => arn(`topic/${topic}`)));
  });

  test('names no bare wildcard', () => {
    expect(allResources(policy)).not.toContain('*');
  });

  test('cannot speak as a thing: no name of a thing begins with its client ids', () => {
    expect('muster:claim-sensor-1'.startsWith('muster-claim-sensor-')).toBe(false);
  });
});
