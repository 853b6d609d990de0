import { ConfigurationError } from '../../domain/configuration/configuration-error.ts';
import { resourcesOf } from '../../lib/rules/read-template.ts';
import { buildTestApp, synthesize } from '../setup/app.ts';
import { resourcesOfType } from './intents.ts';

// Each name as long as it may be, in the region whose name is longest.
const prefix = 'a'.repeat(16);
const lines = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ name: `line-${'x'.repeat(10)}-${String(index).padStart(3, '0')}` }));
const tenants = (count: number, sharedTopics: readonly unknown[] = []) =>
  Array.from({ length: count }, (_, index) => ({ name: `tenant-${String(index)}`, sharedTopics }));

describe('The largest fleet that the configuration allows', () => {
  const { records, onboarding } = synthesize({ configuration: { prefix, lines: lines(32), tenants: tenants(200) } });

  test('fits into its stacks', () => {
    for (const stack of [records, onboarding]) expect(resourcesOf(stack.toJSON()).length).toBeLessThanOrEqual(500);
  });

  // Lambda quotas: 20 KB for the policy of a function or alias.
  test('fits into the policy of the hook, a statement per template', () => {
    const permissions = resourcesOfType(onboarding, 'AWS::Lambda::Permission');
    const ofTemplates = permissions.filter(({ properties }) => properties['Principal'] === 'iot.amazonaws.com');
    const statements = ofTemplates.map(({ logicalId, properties }) => ({
      Sid: `${prefix}Onboarding-${logicalId}-ABCDEFGHIJKL`,
      Effect: 'Allow',
      Principal: { Service: properties['Principal'] },
      Action: properties['Action'],
      Resource: `arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:${'f'.repeat(64)}:live`,
      Condition: {
        StringEquals: { 'AWS:SourceAccount': properties['SourceAccount'] },
        ArnLike: { 'AWS:SourceArn': properties['SourceArn'] },
      },
    }));
    expect(statements).toHaveLength(32);
    expect(JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: statements }).length).toBeLessThanOrEqual(20_480);
  });
});

describe('A fleet that outgrows a stack', () => {
  const build = () => buildTestApp({ configuration: { tenants: tenants(180, [{ topic: 'notices' }]) } });

  test('fails the synth in words of the configuration', () => {
    expect(build).toThrow(ConfigurationError);
    expect(build).toThrow(/lines, tenants, operators: got so many .*; allowed is 500 resources in a stack/);
  });
});
