import { parseConfiguration } from '../../domain/configuration.ts';
import { deviceBoundariesOf } from '../../domain/configuration/configuration-boundaries.ts';
import { ConfigurationError } from '../../domain/configuration/configuration-error.ts';
import { lineSettingsOf } from '../../domain/configuration/configuration-line-settings.ts';

const mistakesIn = (line: object) => {
  try {
    parseConfiguration({ lines: [{ name: 'pump', ...line }], tenants: [{ name: 'acme' }, { name: 'globex' }] }, ['pki']);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.mistakes;
    throw error;
  }
};

describe('What a line asks its devices to prove', () => {
  test('is a pinned key, unless it says otherwise', () => {
    expect(parseConfiguration({ lines: [{ name: 'pump' }] }, ['pki']).lines).toEqual([
      expect.objectContaining({ attestation: 'pinned-key' }),
    ]);
  });

  test('F2: may be a serial number only where the line says so twice, and the mistake says what that means', () => {
    expect(mistakesIn({ attestation: 'serial-only', accept: 'serial-only' })).toEqual([]);
    const [mistake, ...others] = mistakesIn({ attestation: 'serial-only' });
    expect(others).toEqual([]);
    expect(mistake?.where).toBe('lines.0.accept');
    expect(mistake?.got).toContain('whoever holds a claim and knows or guesses a serial number comes in as that device');
    expect(mistake?.allowed).toContain('probation');
    expect(mistake?.fix).toBe('have the devices prove more (attestation "pinned-key" is the default), or write accept: "serial-only"');
  });

  test('is not accepted as little where it is more: the word would wait there for a day on which it matters', () => {
    expect(mistakesIn({ attestation: 'device-secret', accept: 'serial-only' })).toEqual([
      {
        where: 'lines.0.accept',
        got: '"serial-only" beside attestation "device-secret"',
        allowed: 'nothing, because there is nothing to accept',
        fix: 'remove it',
      },
    ]);
  });

  test.each([
    ['an attestation that is not there', { attestation: 'trust' }, 'lines.0.attestation', '"trust"'],
    ['accepting something stronger', { accept: 'pinned-key' }, 'lines.0.accept', '"pinned-key"'],
    ['approval by a machine', { approval: 'automatic' }, 'lines.0.approval', '"automatic"'],
    ['a word that is no policy', { reprovision: 'always' }, 'lines.0.reprovision', '"always"'],
  ])('is refused with %s', (_, line, where, got) => {
    expect(mistakesIn(line)).toEqual([expect.objectContaining({ where, got })]);
  });
});

describe('Another key for a device that is known', () => {
  test.each(['device-secret', 'pinned-key', 'vendor-certificate'])('may come in by itself where devices prove a %s', (attestation) => {
    expect(mistakesIn({ attestation, reprovision: 'replace' })).toEqual([]);
  });

  test.each([
    ['serial-only', { attestation: 'serial-only', accept: 'serial-only' }],
    ['enrollment-code', { attestation: 'enrollment-code' }],
  ])('may not where others could prove as much: %s', (attestation, line) => {
    expect(mistakesIn({ ...line, reprovision: 'replace' })).toEqual([
      expect.objectContaining({
        where: 'lines.0.reprovision',
        got: expect.stringContaining(`beside attestation "${attestation}"`) as unknown,
      }),
    ]);
    expect(mistakesIn({ ...line, reprovision: 'released' })).toEqual([]);
  });
});

describe('Allocation', () => {
  const rule = {
    when: { market: ['eu', 'uk'] },
    tenant: 'globex',
    group: 'europe',
    configuration: { intervalSeconds: 60, verbose: false },
  };

  test('chooses tenant, group and configuration by what the manufacturer says of a device', () => {
    expect(mistakesIn({ allocation: [rule, { configuration: { intervalSeconds: 300 } }] })).toEqual([]);
  });

  test.each([
    ['a tenant that does not exist', [{ ...rule, tenant: 'umbrella' }], '0.tenant', '"umbrella"'],
    ['a group with a level in its name', [{ ...rule, group: 'a/b' }], '0.group', '"a/b"'],
    ['a rule that chooses nothing', [{ when: { market: ['eu'] } }], '0', 'a rule that chooses nothing'],
    [
      'a rule that no device ever reaches',
      [{ tenant: 'acme' }, rule],
      '0.when',
      'a rule for every device with 1 behind it, which no device ever reaches',
    ],
    ['values that nothing can equal', [{ ...rule, when: { market: [] } }], '0.when.market', '[]'],
    ['an attribute with a space in its name', [{ ...rule, when: { 'a b': ['c'] } }], '0.when.a b', '"a b"'],
    ['a setting that is a list', [{ configuration: { servers: ['a'] } }], '0.configuration.servers', '["a"]'],
    ['more rules than a person reads', Array.from({ length: 17 }, () => rule), '', expect.any(String) as unknown],
  ])('is refused with %s', (_, allocation, where, got) => {
    expect(mistakesIn({ allocation })).toEqual([
      expect.objectContaining({ where: `lines.0.allocation${where === '' ? '' : '.'}${where}`, got }),
    ]);
  });

  test('says what the name of an attribute may be made of', () => {
    expect(mistakesIn({ allocation: [{ ...rule, when: { 'a b': ['c'] } }] })[0]?.allowed).toMatch(/^a name that is text that matches/);
  });

  test('keeps what it tells a device small', () => {
    const configuration = Object.fromEntries(Array.from({ length: 5 }, (_, index) => [`setting${index}`, 'x'.repeat(250)]));
    expect(mistakesIn({ allocation: [{ configuration }] })).toEqual([
      expect.objectContaining({ where: 'lines.0.allocation.0.configuration', got: '1321 characters of JSON' }),
    ]);
  });
});

describe('The settings of lines', () => {
  test('are not so long together that the hook would start slowly', () => {
    const long = { when: { lot: Array.from({ length: 32 }, () => 'x'.repeat(256)) }, group: 'spare' };
    expect(mistakesIn({ allocation: Array.from({ length: 4 }, () => long) })).toEqual([
      expect.objectContaining({ where: 'lines', got: expect.stringMatching(/^settings of 3\d{4} characters of JSON$/) as unknown }),
    ]);
  });

  test('are all that decisions about devices depend on', () => {
    const configuration = parseConfiguration(
      { lines: [{ name: 'pump', description: 'Water pumps', approval: 'operator', allocation: [{ group: 'spare' }] }] },
      ['pki'],
    );
    expect(lineSettingsOf(configuration)).toEqual([
      { name: 'pump', attestation: 'pinned-key', approval: 'operator', reprovision: 'never', allocation: [{ when: {}, group: 'spare' }] },
    ]);
  });

  test('say which line is closed', () => {
    const configuration = parseConfiguration({ lines: [{ name: 'pump', closed: true }, { name: 'valve' }] }, ['pki', 'psk']);
    expect(lineSettingsOf(configuration).map(({ isClosed }) => isClosed)).toEqual([true, undefined]);
    const byKey = parseConfiguration({ lines: [{ name: 'pump', approaches: ['psk'], closed: true }] }, ['pki', 'psk']);
    expect(deviceBoundariesOf(byKey, 'psk').lines).toEqual([{ name: 'pump', sharedTopics: [], isClosed: true }]);
  });
});
