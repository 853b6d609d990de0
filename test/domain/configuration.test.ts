import { parseConfiguration } from '../../domain/configuration.ts';
import { ConfigurationError } from '../../domain/configuration/configuration-error.ts';

const mistakesIn = (input: unknown) => {
  try {
    parseConfiguration(input, ['pki']);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.mistakes;
    throw error;
  }
};

describe('A configuration', () => {
  test('may be empty: every setting has a default that works', () => {
    expect(parseConfiguration({}, ['pki'])).toEqual({
      prefix: 'muster',
      approaches: {},
      accountWide: {},
      topicPrefix: 'muster',
      lines: [
        {
          name: 'sensor',
          approaches: ['pki'],
          sharedTopics: [],
          attestation: 'pinned-key',
          approval: 'none',
          reprovision: 'never',
          clientIds: { assigned: false },
          triggers: { cloneSuspected: 'alarm' },
          recovery: 'none',
          allocation: [],
          closed: false,
        },
      ],
      tenants: [{ name: 'acme', sharedTopics: [] }],
      retention: { auditDays: 365, logDays: 30 },
      audit: { lock: 'governance', retainDays: 2557, sealMinutes: 15, connections: 'claims' },
      alarms: {
        claimRefusalsPerFiveMinutes: 20,
        unknownSerialsPerFiveMinutes: 5,
        connectionRefusalsPerFiveMinutes: 100,
        refusedPublishesPerFiveMinutes: 10,
      },
      operators: { factory: [], support: [] },
      reservedConcurrency: {},
      refusalFloorMs: 300,
    });
  });

  test('fills the defaults of what it names in part', () => {
    expect(parseConfiguration({ lines: [{ name: 'gateway' }], retention: { auditDays: 30 } }, ['pki'])).toMatchObject({
      lines: [{ name: 'gateway', approaches: ['pki'], sharedTopics: [] }],
      retention: { auditDays: 30, logDays: 30 },
    });
  });

  test.each([
    ['a setting that does not exist', { lins: [] }, '(top level)', '"lins"'],
    ['a line with a wildcard in its name', { lines: [{ name: 'a+b' }] }, 'lines.0.name', '"a+b"'],
    ['a line with a level in its name', { lines: [{ name: 'a/b' }] }, 'lines.0.name', '"a/b"'],
    ['a tenant in capitals', { tenants: [{ name: 'ACME' }] }, 'tenants.0.name', '"ACME"'],
    ['no line at all', { lines: [] }, 'lines', '[]'],
    ['a line named twice', { lines: [{ name: 'a' }, { name: 'a' }] }, 'lines.1.name', '"a" again'],
    ['a tenant named twice', { tenants: [{ name: 'a' }, { name: 'a' }] }, 'tenants.1.name', '"a" again'],
    ['an approach that is not there', { lines: [{ name: 'a', approaches: ['telepathy'] }] }, 'lines.0.approaches', '"telepathy"'],
    [
      'a shared topic with a wildcard',
      { lines: [{ name: 'a', sharedTopics: [{ topic: 'x/#' }] }] },
      'lines.0.sharedTopics.0.topic',
      '"x/#"',
    ],
    [
      'a shared topic with a policy variable',
      { lines: [{ name: 'a', sharedTopics: [{ topic: '${iot:ClientId}' }] }] },
      'lines.0.sharedTopics.0.topic',
      '"${iot:ClientId}"',
    ],
    [
      'a shared topic that leaves its root',
      { lines: [{ name: 'a', sharedTopics: [{ topic: '/x' }] }] },
      'lines.0.sharedTopics.0.topic',
      '"/x"',
    ],
    ['a retention that CloudWatch does not know', { retention: { auditDays: 10 } }, 'retention.auditDays', '10'],
    ['an address that is none', { alarms: { email: 'ops' } }, 'alarms.email', '"ops"'],
    ['a threshold that every refusal reaches', { alarms: { claimRefusalsPerFiveMinutes: 0 } }, 'alarms.claimRefusalsPerFiveMinutes', '0'],
    ['text where a number belongs', { refusalFloorMs: '300' }, 'refusalFloorMs', '"300"'],
    ['a floor that leaves the hook no time', { refusalFloorMs: 4000 }, 'refusalFloorMs', '4000'],
    ['a reserved concurrency of nothing', { reservedConcurrency: { activation: 0 } }, 'reservedConcurrency.activation', '0'],
    ['a list where settings belong', [], '', '[]'],
  ])('is refused with %s, and says where and what', (_, input, where, got) => {
    expect(mistakesIn(input)).toEqual([expect.objectContaining({ where, got })]);
  });

  test('is refused when devices may publish to a shared topic and nobody says why', () => {
    const line = { name: 'a', sharedTopics: [{ topic: 'chat', publish: true }] };
    expect(mistakesIn({ lines: [line] })).toEqual([expect.objectContaining({ where: 'lines.0.sharedTopics.0.reason' })]);
    expect(mistakesIn({ tenants: [line] })).toEqual([expect.objectContaining({ where: 'tenants.0.sharedTopics.0.reason' })]);
    expect(
      mistakesIn({ lines: [{ name: 'a', sharedTopics: [{ topic: 'chat', publish: true, reason: 'elections among gateways' }] }] }),
    ).toEqual([]);
  });

  test('is refused when a line shares a topic outside every root and nobody says why, or one that has an owner', () => {
    const line = (sharedTopic: object) => ({ lines: [{ name: 'a', sharedTopics: [sharedTopic] }] });
    const reason = 'devices of another maker know no other topic';
    expect(mistakesIn(line({ topic: 'iot/device/heartbeat', absolute: true, reason }))).toEqual([]);
    expect(mistakesIn(line({ topic: 'iot/device/heartbeat', absolute: true }))).toMatchObject([{ where: 'lines.0.sharedTopics.0.reason' }]);
    const owned = mistakesIn(line({ topic: 'muster/things/other/state', absolute: true, reason }));
    expect(owned).toMatchObject([{ where: 'lines.0.sharedTopics.0.topic' }]);
    const ofTenant = { tenants: [{ name: 'acme', sharedTopics: [{ topic: 'news', absolute: true, reason }] }] };
    expect(mistakesIn(ofTenant)).toMatchObject([{ where: 'tenants.0.sharedTopics.0', got: '"absolute"' }]);
  });

  test('is refused when a template name would be longer than AWS IoT allows', () => {
    const [mistake] = mistakesIn({ prefix: 'a-long-prefix-xy', lines: [{ name: 'a-line-with-a-long-name' }] });
    expect(mistake?.got).toContain('"a-long-prefix-xy-a-line-with-a-long-name" of 40 characters');
  });

  test('names every mistake at once, each with what, where, allowed and fix', () => {
    const mistakes = mistakesIn({ prefix: 'No', refusalFloorMs: -1 });
    expect(mistakes).toHaveLength(2);
    expect(() => parseConfiguration({ refusalFloorMs: -1 }, ['pki'])).toThrow(
      /refusalFloorMs: got -1; allowed is at least 0; fix: set refusalFloorMs/,
    );
  });
});
