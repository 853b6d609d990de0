import { jest } from '@jest/globals';
import { synthesize } from '../../setup/app.ts';
import { resourcesOfType } from '../intents.ts';

const TYPE = 'Custom::MusterVersionRoom';
const { records, onboarding } = synthesize({ configuration: { tenants: [{ name: 'acme', sharedTopics: [{ topic: 'notices' }] }] } });
const versioned = ['AWS::IoT::Policy', 'AWS::IoT::ProvisioningTemplate'] as const;

interface Allowed {
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

const arn = 'arn:aws-us-gov:iot:us-gov-west-1:123456789012:';

/** What the upkeep's role may do something to. */
const resourcesFor = (template: typeof records, action: string): readonly string[] => {
  const [policy] = resourcesOfType(template, 'AWS::IAM::Policy').filter(({ logicalId }) => logicalId.startsWith('Upkeep'));
  const { Statement } = policy?.properties['PolicyDocument'] as { readonly Statement: readonly Allowed[] };
  return Statement.filter(({ Action }) => [Action].flat().includes(action)).flatMap(({ Resource }) => Resource);
};

interface Depending {
  readonly Type: string;
  readonly DependsOn?: readonly string[];
}

const resourcesIn = (template: typeof records): Readonly<Record<string, Depending>> =>
  (template.toJSON() as { readonly Resources: Record<string, Depending> }).Resources;

describe('Room for new versions', () => {
  test('is made before any policy or provisioning template is changed', () => {
    for (const template of [records, onboarding]) {
      const [room] = resourcesOfType(template, TYPE);
      const changing = Object.values(resourcesIn(template)).filter(({ Type }) => versioned.some((type) => type === Type));
      expect(changing.length).toBeGreaterThan(0);
      for (const { DependsOn = [] } of changing) expect(DependsOn).toContain(room?.logicalId);
    }
  });

  test('is told each by its name, and when its document changes', () => {
    const digestsIn = (configuration: unknown) => resourcesOfType(synthesize({ configuration }).records, TYPE)[0]?.properties['Policies'];
    const lines = (topic: string) => ({ lines: [{ name: 'pump', sharedTopics: [{ topic }] }] });
    const [one, same, other] = [lines('a'), lines('a'), lines('b')].map(digestsIn) as readonly Record<string, string>[];
    expect(Object.keys(one ?? {}).toSorted()).toEqual(['muster-claim-pump', 'muster-device-pump', 'muster-probation', 'muster-quarantine']);
    expect(same).toEqual(one);
    expect(other).toEqual({ ...one, 'muster-device-pump': expect.any(String) as unknown });
    expect(other?.['muster-device-pump']).not.toBe(one?.['muster-device-pump']);
  });

  test('is made by a function that may list and delete versions, of this deployment only', () => {
    expect(resourcesFor(records, 'iot:DeletePolicyVersion')).toEqual([`${arn}policy/muster-*`]);
    expect(resourcesFor(records, 'iot:DeleteProvisioningTemplateVersion')).toEqual([`${arn}provisioningtemplate/muster-*`]);
  });
});

describe('Lines', () => {
  const linesOf = (built: Parameters<typeof synthesize>[0]) => {
    const [resource] = resourcesOfType(synthesize(built).records, 'Custom::MusterLines');
    return resource?.properties;
  };

  test('are told by name, and which of them are closed', () => {
    const lines = [{ name: 'pump' }, { name: 'valve', closed: true }];
    expect(linesOf({ configuration: { lines } })).toMatchObject({
      ...{ Lines: ['pump', 'valve'], Closed: ['valve'], Tenants: ['acme'], GoWithStack: false },
    });
  });

  test('go with their stack only where the context gives up the records, and things may be changed only there', () => {
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const context = { 'muster:ephemeral': true };
    expect(linesOf({ context })).toMatchObject({ GoWithStack: true });
    expect(resourcesFor(synthesize({ context }).records, 'iot:UpdateThing')).toEqual([`${arn}thing/muster:*`]);
    expect(resourcesFor(records, 'iot:UpdateThing')).toEqual([]);
  });

  test('are released before what belongs to them is deleted: they come after it', () => {
    const [lines] = resourcesOfType(records, 'Custom::MusterLines');
    const { DependsOn = [] } = resourcesIn(records)[lines?.logicalId ?? ''] ?? { Type: '' };
    const held = Object.entries(resourcesIn(records)).filter(([, { Type }]) => /^AWS::IoT::(Policy|ThingType|ThingGroup)$/.test(Type));
    expect(DependsOn).toEqual(expect.arrayContaining(held.map(([logicalId]) => logicalId)));
  });

  test('are looked for in the table by reading, never by writing', () => {
    for (const action of ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'])
      expect(resourcesFor(records, action)).toEqual([]);
  });
});
