import { parseConfiguration } from '../../../domain/configuration.ts';
import { onboardingRules } from '../../../lib/rules/onboarding-rules.ts';
import { resourcesOf } from '../../../lib/rules/read-template.ts';
import { synthesize } from '../../setup/app.ts';

const full = {
  prefix: 'my-fleet',
  topicPrefix: 'plant',
  lines: [
    { name: 'pump', description: 'Water pumps', sharedTopics: [{ topic: 'firmware/latest' }] },
    { name: 'valve', sharedTopics: [{ topic: 'alerts', publish: true, reason: 'valves warn each other' }] },
    {
      name: 'toy',
      attestation: 'serial-only',
      accept: 'serial-only',
      allocation: [{ group: 'europe', configuration: { language: 'en' } }],
    },
  ],
  tenants: [
    { name: 'acme', sharedTopics: [{ topic: 'notices', publish: true, reason: 'tenants talk among themselves' }] },
    { name: 'umbrella' },
  ],
  alarms: { email: 'fleet@example.com' },
  operators: { factory: [{ name: 'shenzhen', lines: ['pump'] }], support: [{ name: 'acme-desk', tenants: ['acme'] }] },
};

describe.each([
  ['with the defaults', {}],
  ['with everything configured', full],
])('Muster %s', (_, input) => {
  const configuration = parseConfiguration(input, ['pki']);
  const stacks = Object.values(synthesize({ configuration: input })).map((template) => resourcesOf(template.toJSON()));

  test.each(onboardingRules(configuration).map((rule) => [rule.name, rule] as const))('breaks no rule of ours: %s', (_name, rule) => {
    expect(stacks.flatMap((resources) => rule.check(resources))).toEqual([]);
  });
});

describe('The rules', () => {
  const rules = onboardingRules(parseConfiguration({}, ['pki']));

  test('have a name each, and say why', () => {
    expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
    for (const { why } of rules) expect(why).toMatch(/\.$/);
  });
});
