import { parseOAuthSettings } from '../../../approaches/oauth/evidence/settings.ts';
import { oauthSettingsOf } from '../../../approaches/oauth/settings.ts';
import { parseConfiguration } from '../../../domain/configuration.ts';
import { ConfigurationError } from '../../../domain/configuration/configuration-error.ts';

const issuer = { issuer: 'https://issuer.example/', audience: 'iot' };

const settingsOf = (oauth: unknown, line: object = {}) =>
  oauthSettingsOf(
    parseConfiguration({ lines: [{ name: 'tracker', approaches: ['oauth'], ...line }, { name: 'other' }], approaches: { oauth } }, [
      'pki',
      'oauth',
    ]),
  );

const mistakesIn = (oauth: unknown, line?: object) => {
  try {
    settingsOf(oauth, line);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.mistakes.map(({ where, got }) => `${where}: ${got}`);
    throw error;
  }
  return [];
};

describe('The settings of OAuth', () => {
  test('are strict where nothing else is said', () => {
    expect(settingsOf({ issuers: [issuer] })).toEqual({
      settings: {
        issuers: [
          {
            issuer: 'https://issuer.example/',
            keys: { metadataUri: 'https://issuer.example/.well-known/openid-configuration' },
            audiences: ['iot'],
            algorithms: ['ES256', 'RS256'],
            relaxations: [],
            clockSkewSeconds: 60,
            deviceClaim: 'sub',
            scopeClaim: 'scope',
            scopes: { 'muster:own': ['own'], 'muster:line': ['own', 'line'], 'muster:tenant': ['own', 'tenant'] },
          },
        ],
        lines: [{ name: 'tracker', issuers: ['https://issuer.example/'], senderConstrained: false, proofWindowSeconds: 60 }],
        keySets: { freshSeconds: 600, staleSeconds: 86_400, cooldownSeconds: 30 },
      },
      domain: undefined,
      reservedConcurrency: 20,
    });
  });

  test('reach the function as they are', () => {
    const { settings } = settingsOf({ issuers: [{ ...issuer, jwksUri: 'http://127.0.0.1:1/keys', relaxations: ['typ'] }] });
    expect(parseOAuthSettings(JSON.stringify(settings))).toEqual(settings);
    expect(() => parseOAuthSettings(undefined)).toThrow();
    expect(() => parseOAuthSettings('{}')).toThrow();
  });

  test('let a line that takes tokens of its devices trust no issuer, unless it says so', () => {
    const deviceTokens = { audience: ['project', 'its-new-name'] };
    expect(settingsOf({ issuers: [issuer], lines: { tracker: { deviceTokens } } }).settings.lines).toEqual([
      {
        ...{ name: 'tracker', issuers: [], senderConstrained: false, proofWindowSeconds: 60 },
        deviceTokens: { audiences: ['project', 'its-new-name'], algorithms: ['ES256', 'RS256'], parts: ['own', 'line', 'tenant'] },
      },
    ]);
    expect(
      settingsOf({ issuers: [issuer], lines: { tracker: { deviceTokens, issuers: [issuer.issuer] } } }).settings.lines[0],
    ).toMatchObject({ issuers: [issuer.issuer] });
  });

  test.each<[string, object, string]>([
    ['an issuer over plain http', { issuers: [{ ...issuer, issuer: 'http://issuer.example' }] }, 'issuers.0.issuer'],
    ['an issuer that is no address', { issuers: [{ ...issuer, issuer: 'issuer' }] }, 'issuers.0.issuer'],
    ['an address with a password', { issuers: [{ ...issuer, jwksUri: 'https://a:b@issuer.example' }] }, 'issuers.0.jwksUri'],
    ['keys at an address that only looks like this machine', { issuers: [{ ...issuer, jwksUri: 'http://localhost.example' }] }, 'jwksUri'],
    ['no audience', { issuers: [{ issuer: issuer.issuer }] }, 'issuers.0.audience'],
    ['the algorithm none', { issuers: [{ ...issuer, algorithms: ['none'] }] }, 'issuers.0.algorithms.0'],
    ['an algorithm with a shared secret', { issuers: [{ ...issuer, algorithms: ['HS256'] }] }, 'issuers.0.algorithms.0'],
    ['no algorithm', { issuers: [{ ...issuer, algorithms: [] }] }, 'issuers.0.algorithms'],
    ['a relaxation that there is not', { issuers: [{ ...issuer, relaxations: ['exp'] }] }, 'issuers.0.relaxations.0'],
    ['more skew than a minute', { issuers: [{ ...issuer, clockSkewSeconds: 61 }] }, 'issuers.0.clockSkewSeconds'],
    ['a scope that opens what there is not', { issuers: [{ ...issuer, scopes: { a: ['all'] } }] }, 'issuers.0.scopes.a.0'],
    ['a scope that opens nothing', { issuers: [{ ...issuer, scopes: { a: [] } }] }, 'issuers.0.scopes.a'],
    ['keys in two places', { issuers: [{ ...issuer, jwksUri: issuer.issuer, metadataUri: issuer.issuer }] }, 'issuers.0'],
    ['an issuer twice', { issuers: [issuer, issuer] }, 'issuers.1.issuer'],
    [
      'an issuer that nobody described',
      { issuers: [issuer], lines: { tracker: { issuers: ['https://b.example'] } } },
      'lines.tracker.issuers',
    ],
    ['a line that does not use it', { issuers: [issuer], lines: { other: {} } }, 'lines.other'],
    ['a line that there is not', { issuers: [issuer], lines: { nowhere: {} } }, 'lines.nowhere'],
    ['nobody to trust', {}, 'lines.tracker'],
    [
      'bound tokens that devices sign',
      { lines: { tracker: { senderConstrained: true, deviceTokens: { audience: 'p' } } } },
      'lines.tracker.senderConstrained',
    ],
    ['keys that count for longer than a week', { issuers: [issuer], keySets: { staleSeconds: 604_801 } }, 'keySets.staleSeconds'],
    ['no pause between requests', { issuers: [issuer], keySets: { cooldownSeconds: 0 } }, 'keySets.cooldownSeconds'],
    ['a setting that there is not', { issuers: [issuer], trust: 'everybody' }, 'approaches.oauth'],
  ])('cannot have %s', (_what, oauth, where) => {
    const mistakes = mistakesIn(oauth);
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toContain(where);
  });

  test('cannot wait for an operator', () => {
    expect(mistakesIn({ issuers: [issuer] }, { approval: 'operator' })).toEqual([
      'lines.tracker.approval: "operator" on a line that uses "oauth"',
    ]);
  });
});
