import { resourcesOf } from '../../lib/rules/read-template.ts';
import { synthesize } from '../setup/app.ts';
import { deployedResourceTypes } from './resource-types.ts';

describe('What Muster deploys', () => {
  test('is made of these resource types', () => {
    const { records, onboarding, operations } = synthesize({
      configuration: { tenants: [{ name: 'acme', sharedTopics: [{ topic: 'notices' }] }], alarms: { email: 'fleet@example.com' } },
    });
    const types = [records, onboarding, operations].flatMap((template) => resourcesOf(template.toJSON()).map(({ type }) => type));
    expect([...new Set(types)].toSorted()).toEqual([...deployedResourceTypes]);
  });
});
