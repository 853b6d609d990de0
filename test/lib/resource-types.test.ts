import * as approaches from '../../bin/approaches.ts';
import { resourcesOf } from '../../lib/rules/read-template.ts';
import { synthesize } from '../setup/app.ts';
import { deployedResourceTypes } from './resource-types.ts';

const everything = {
  lines: [
    { name: 'sensor', rotation: {}, triggers: { refusedPublishes: 'alarm' } },
    { name: 'valve', approaches: ['psk'] },
    { name: 'beacon', approaches: ['oauth'] },
  ],
  tenants: [{ name: 'acme', sharedTopics: [{ topic: 'notices' }] }],
  approaches: { oauth: { issuers: [{ issuer: 'https://issuer.example', audience: 'fleet' }], domain: true } },
  alarms: { email: 'fleet@example.com' },
};

describe('What Muster deploys', () => {
  test('is made of these resource types', () => {
    const { records, audit, onboarding, operations } = synthesize({ configuration: everything, approaches });
    const types = [records, audit, onboarding, operations].flatMap((template) => resourcesOf(template.toJSON()).map(({ type }) => type));
    expect([...new Set(types)].toSorted()).toEqual([...deployedResourceTypes].toSorted());
  });
});
