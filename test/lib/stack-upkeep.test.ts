import { Match } from 'aws-cdk-lib/assertions';
import { synthesize } from '../setup/app.ts';
import { resourcesOfType } from './intents.ts';

const TYPE = 'Custom::MusterVersionRoom';
const { records, onboarding } = synthesize({ configuration: { tenants: [{ name: 'acme', sharedTopics: [{ topic: 'notices' }] }] } });
const versioned = ['AWS::IoT::Policy', 'AWS::IoT::ProvisioningTemplate'] as const;

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
    records.hasResourceProperties('AWS::IAM::Policy', {
      PolicyName: Match.stringLikeRegexp('Upkeep'),
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Action: ['logs:CreateLogStream', 'logs:PutLogEvents'] }),
          {
            ...{ Effect: 'Allow', Action: ['iot:DeletePolicyVersion', 'iot:ListPolicyVersions'] },
            Resource: { 'Fn::Join': ['', Match.arrayWith([':policy/muster-*'])] },
          },
          {
            ...{ Effect: 'Allow', Action: ['iot:DeleteProvisioningTemplateVersion', 'iot:ListProvisioningTemplateVersions'] },
            Resource: { 'Fn::Join': ['', Match.arrayWith([':provisioningtemplate/muster-*'])] },
          },
        ],
      },
    });
  });
});
