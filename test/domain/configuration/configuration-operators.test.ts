import { parseConfiguration } from '../../../domain/configuration.ts';
import { ConfigurationError } from '../../../domain/configuration/configuration-error.ts';
import { operatorScopesOf } from '../../../domain/configuration/configuration-operator-scopes.ts';

const configurationWith = (operators: object) =>
  parseConfiguration({ lines: [{ name: 'pump' }, { name: 'valve' }], tenants: [{ name: 'acme' }, { name: 'globex' }], operators }, ['pki']);

const mistakesIn = (operators: object) => {
  try {
    configurationWith(operators);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.mistakes;
    throw error;
  }
};

describe('Those who run a deployment', () => {
  test('are the five roles, each of which reaches everything, where nothing is said', () => {
    expect(operatorScopesOf(configurationWith({}))).toEqual(
      ['factory', 'support', 'operator', 'security', 'auditor'].map((role) => ({ name: role, role })),
    );
  });

  test('may be factories of some lines and support for some tenants beside these', () => {
    const scopes = operatorScopesOf(
      configurationWith({
        factory: [{ name: 'shenzhen', lines: ['pump'] }],
        support: [{ name: 'acme-desk', tenants: ['acme'] }],
      }),
    );
    expect(scopes.slice(5)).toEqual([
      { name: 'shenzhen', role: 'factory', lines: ['pump'] },
      { name: 'acme-desk', role: 'support', tenants: ['acme'] },
    ]);
  });

  test.each([
    ['the name of a role', { factory: [{ name: 'security', lines: ['pump'] }] }, 'operators.factory.0.name', '"security" again'],
    [
      'a name used twice',
      { factory: [{ name: 'a', lines: ['pump'] }], support: [{ name: 'a', tenants: ['acme'] }] },
      'operators.support.0.name',
      '"a" again',
    ],
    [
      'a name that is too long',
      { factory: [{ name: 'a'.repeat(25), lines: ['pump'] }] },
      'operators.factory.0.name',
      `"${'a'.repeat(25)}"`,
    ],
    ['a name that is no slug', { support: [{ name: 'A/B', tenants: ['acme'] }] }, 'operators.support.0.name', '"A/B"'],
    ['a line that does not exist', { factory: [{ name: 'a', lines: ['pump', 'door'] }] }, 'operators.factory.0.lines.1', '"door"'],
    ['a tenant that does not exist', { support: [{ name: 'a', tenants: ['umbrella'] }] }, 'operators.support.0.tenants.0', '"umbrella"'],
    ['no lines, which would mean all', { factory: [{ name: 'a', lines: [] }] }, 'operators.factory.0.lines', '[]'],
    ['no tenants, which would mean all', { support: [{ name: 'a', tenants: [] }] }, 'operators.support.0.tenants', '[]'],
    ['a role of its own making', { janitor: [] }, 'operators', '"janitor"'],
  ])('are refused with %s', (_, operators, where, got) => {
    expect(mistakesIn(operators)).toEqual([expect.objectContaining({ where, got })]);
  });
});
