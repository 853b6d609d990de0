import fc from 'fast-check';
import { parseIotPolicy } from '../../../local/iot/policy/parse-iot-policy.ts';
import { evaluate } from '../../../local/policy/evaluate.ts';
import type { SharedTopic } from '../../../domain/boundary.ts';
import {
  type ConnectedDevice,
  compileClockPolicies,
  compileConnectionPolicies,
  compileDiagnosisPolicies,
} from '../../../domain/connection/connection-policy.ts';
import { compileDevicePolicy, compileQuarantinePolicy, compileSharedPolicy } from '../../../domain/device-policy.ts';
import type { PolicyDocument } from '../../../domain/policy-document.ts';
import { thingNameOf } from '../../../domain/thing-name.ts';
import { topicTree } from '../../../domain/topics.ts';
import { aLine, aSerial, aTenant } from '../../builders/identifiers.ts';

const compilation = { scope: { partition: 'aws', region: 'eu-west-1', account: '111122223333' }, topics: topicTree('muster') };
const arn = (rest: string) => `arn:aws:iot:eu-west-1:111122223333:${rest}`;

interface Asked {
  readonly action: string;
  readonly resource: string;
}

/** Who may do what, by these documents. */
const judgeBy = (texts: readonly string[], thing?: string) => {
  const documents = texts.map((text) => parseIotPolicy(text));
  const variables = (key: string) => (thing !== undefined && key === 'iot:Connection.Thing.ThingName' ? [thing] : []);
  return ({ action, resource }: Asked): boolean =>
    evaluate(documents, { action, resource: arn(resource), variables }).decision === 'allowed';
};

const textOf = (policy: PolicyDocument | undefined): readonly string[] => (policy === undefined ? [] : [JSON.stringify(policy)]);

const lines = ['sensor', 'pump', 'sensor-2'].map(aLine);
const tenants = ['acme', 'umbrella'].map(aTenant);
// Plain ones, and such as nobody could leave in a policy: their things have a digest for a name.
const serial = fc
  .constantFrom('SN-1', 'SN-2', 'SN-11', 'SN', '*', 'SN-?', '${iot:ClientId}', '$aws', '{a}', 'SN-1/#', '+', 'ä', 'SN-1 *')
  .map(aSerial);
const topicName = fc.constantFrom('news', 'alerts', 'alerts/fire', 'a.b');
const sharedTopics: fc.Arbitrary<readonly SharedTopic[]> = fc.uniqueArray(fc.record({ topic: topicName, publish: fc.boolean() }), {
  selector: ({ topic }) => topic,
  maxLength: 3,
});
const device = fc.record({
  line: fc.constantFrom(...lines),
  tenant: fc.constantFrom(...tenants),
  serial,
  ofLine: sharedTopics,
  ofTenant: sharedTopics,
  followsJobs: fc.boolean(),
});
type Drawn = typeof device extends fc.Arbitrary<infer Value> ? Value : never;

const thingOf = ({ line, serial: number }: Pick<Drawn, 'line' | 'serial'>) => thingNameOf('muster', line, number);
const connected = (drawn: Drawn): ConnectedDevice => ({ thingName: thingOf(drawn), clientId: thingOf(drawn) });

const literal = (drawn: Drawn): readonly string[] =>
  compileConnectionPolicies(compilation, connected(drawn), {
    line: { name: drawn.line, sharedTopics: drawn.ofLine, followsJobs: drawn.followsJobs },
    tenant: drawn.tenant,
    tenants: [{ name: drawn.tenant, sharedTopics: drawn.ofTenant }],
    parts: ['own', 'line', 'tenant'],
  });

const byVariables = ({ line, tenant, ofLine, ofTenant, followsJobs }: Drawn): readonly string[] => [
  ...textOf(compileDevicePolicy(compilation, { of: 'line', line, sharedTopics: ofLine }, { followsJobs })),
  ...textOf(compileSharedPolicy(compilation, { of: 'tenant', tenant, sharedTopics: ofTenant })),
];

const variablesIn = (text: string): readonly string[] => [...text.matchAll(/\$\{([^}]*)\}/g)].map(([, name = '']) => name);
/** The one that AWS IoT fills in over MQTT, whatever the device calls itself. */
const known = new Set(['iot:Connection.Thing.ThingName']);

const rest = fc.constantFrom(
  '',
  '/',
  '/state',
  '/a/b/c',
  '/commands',
  '/commands/x',
  '/diagnosis',
  '/diagnosis/log',
  '/time/ask',
  '/job-1/get',
  '/#',
  '/+',
  '/news',
  '/alerts/fire',
  '/*',
);
const root = fc.oneof(
  fc.record({ line: fc.constantFrom(...lines), serial }).map((drawn) => `muster/things/${thingOf(drawn)}`),
  fc.record({ line: fc.constantFrom(...lines), serial }).map((drawn) => `$aws/things/${thingOf(drawn)}/jobs`),
  fc.constantFrom(...lines).map((line) => `muster/lines/${line}`),
  fc.constantFrom(...tenants).map((tenant) => `muster/tenants/${tenant}`),
  fc.constantFrom('muster', 'muster/things', '#', '+', '$aws/things/muster:sensor:SN-1/shadow', '/devices/SN-1', ''),
);
const topic = fc.tuple(root, rest).map((parts) => parts.join(''));
const asked: fc.Arbitrary<Asked> = fc.oneof(
  fc
    .tuple(fc.constantFrom('iot:Publish', 'iot:Receive', 'iot:RetainPublish'), topic)
    .map(([action, name]) => ({ action, resource: `topic/${name}` })),
  topic.map((name) => ({ action: 'iot:Subscribe', resource: `topicfilter/${name}` })),
  fc.record({ line: fc.constantFrom(...lines), serial }).map((drawn) => ({ action: 'iot:Connect', resource: `client/${thingOf(drawn)}` })),
  serial.map((number) => ({ action: 'iot:Connect', resource: `client/${number}` })),
);

const requests = fc.array(asked, { minLength: 30, maxLength: 60 });

describe('A device that an authorizer let in', () => {
  test('may do exactly what one with a certificate may', () => {
    let allowed = 0;
    fc.assert(
      fc.property(device, requests, (drawn, some) => {
        const isAllowed = judgeBy(literal(drawn));
        const isAllowedByVariables = judgeBy(byVariables(drawn), thingOf(drawn));
        for (const request of some) expect([request, isAllowed(request)]).toEqual([request, isAllowedByVariables(request)]);
        allowed += some.filter(isAllowed).length;
      }),
    );
    // Else the property would say little.
    expect(allowed).toBeGreaterThan(10);
  });

  test('may do in quarantine exactly what one with a certificate may there', () => {
    fc.assert(
      fc.property(device, requests, (drawn, some) => {
        const isAllowed = judgeBy(compileDiagnosisPolicies(compilation, connected(drawn)));
        const overridden = [...byVariables(drawn), ...textOf(compileQuarantinePolicy(compilation))];
        const isAllowedByVariables = judgeBy(overridden, thingOf(drawn));
        for (const request of some) expect([request, isAllowed(request)]).toEqual([request, isAllowedByVariables(request)]);
      }),
    );
  });

  test('is allowed nothing of another device, line or tenant', () => {
    fc.assert(
      fc.property(device, requests, (drawn, some) => {
        const roots = [
          `topic/muster/things/${thingOf(drawn)}/`,
          `topic/muster/lines/${drawn.line}/`,
          `topic/muster/tenants/${drawn.tenant}/`,
          ...(drawn.followsJobs ? [`topic/$aws/things/${thingOf(drawn)}/jobs/`] : []),
        ];
        for (const { action, resource } of some.filter(judgeBy(literal(drawn)))) {
          const isOwn = roots.some((own) => resource.replace('topicfilter/', 'topic/').startsWith(own));
          expect([resource, action === 'iot:Connect' ? resource === `client/${thingOf(drawn)}` : isOwn]).toEqual([resource, true]);
        }
      }),
    );
  });

  test('may do no more than ask for the time, when it does not know it', () => {
    fc.assert(
      fc.property(device, requests, (drawn, some) => {
        const thing = thingOf(drawn);
        const time = `muster/things/${thing}/time`;
        const all = [
          `iot:Connect client/${thing}`,
          `iot:Publish topic/${time}/ask`,
          `iot:Receive topic/${time}/tell`,
          `iot:Subscribe topicfilter/${time}/tell`,
        ];
        const isAllowed = judgeBy(compileClockPolicies(compilation, connected(drawn)));
        for (const request of some)
          expect([request, isAllowed(request)]).toEqual([request, all.includes(`${request.action} ${request.resource}`)]);
      }),
    );
  });

  test('F22: is named where a policy of a certificate has a variable, which would be empty for it', () => {
    fc.assert(
      fc.property(device, (drawn) => {
        // A dollar sign may begin a topic of AWS IoT; a brace behind it would begin a variable.
        for (const text of literal(drawn)) expect(text).not.toContain('${');
        for (const text of byVariables(drawn)) expect(variablesIn(text)).toEqual(variablesIn(text).filter((name) => known.has(name)));
      }),
    );
  });

  test('is named in full: no wildcard stands in its documents but at the end of what is its own', () => {
    fc.assert(
      fc.property(device, (drawn) => {
        const resources = literal(drawn).flatMap((text) =>
          parseIotPolicy(text).statements.flatMap(({ resources: said }) => said?.patterns ?? []),
        );
        for (const { text } of resources) {
          expect(text.replace('/$aws/', '/')).not.toMatch(/[?${}]/);
          const ends = ['*', 'jobs/*'].map((end) => `/things/${thingOf(drawn)}/${end}`);
          expect(text.includes('*')).toBe(ends.some((end) => text.endsWith(end)));
        }
      }),
    );
  });

  test('whose proof opens a part of its boundary is allowed that part', () => {
    const drawn = {
      line: aLine(),
      tenant: aTenant(),
      serial: aSerial(),
      ofLine: [{ topic: 'news', publish: false }],
      ofTenant: [{ topic: 'news', publish: false }],
      followsJobs: false,
    };
    const reach = {
      line: { name: drawn.line, sharedTopics: drawn.ofLine },
      tenant: drawn.tenant,
      tenants: [{ name: drawn.tenant, sharedTopics: drawn.ofTenant }],
    };
    const heard = ['muster/things/muster:sensor:SN-1/state', 'muster/lines/sensor/news', 'muster/tenants/acme/news'];
    const opened = (['own', 'line', 'tenant'] as const).map((part) => {
      const texts = compileConnectionPolicies(compilation, connected(drawn), { ...reach, parts: [part] });
      const isAllowed = judgeBy(texts);
      return heard.map((name) => isAllowed({ action: 'iot:Receive', resource: `topic/${name}` }));
    });
    expect(opened).toEqual([
      [true, false, false],
      [false, true, false],
      [false, false, true],
    ]);
  });
});

describe('A device that had its topics from another service', () => {
  const drawn = { line: aLine(), tenant: aTenant(), serial: aSerial(), ofLine: [], ofTenant: [], followsJobs: false };
  const reach = { line: { name: drawn.line, sharedTopics: [] }, tenant: drawn.tenant, tenants: [], parts: ['own'] as const };
  const texts = compileConnectionPolicies(
    compilation,
    { ...connected(drawn), clientId: 'projects/acme/devices/SN-1' },
    { ...reach, inheritedId: 'SN-1' },
  );

  test.each<[boolean, string, string]>([
    [true, 'iot:Connect', 'client/projects/acme/devices/SN-1'],
    [false, 'iot:Connect', 'client/muster:sensor:SN-1'],
    [true, 'iot:Publish', 'topic//devices/SN-1/events'],
    [true, 'iot:Publish', 'topic//devices/SN-1/events/alarms'],
    [true, 'iot:Publish', 'topic//devices/SN-1/state'],
    [false, 'iot:Publish', 'topic//devices/SN-1/config'],
    [false, 'iot:Publish', 'topic//devices/SN-1/commands/open'],
    [false, 'iot:Receive', 'topic//devices/SN-1/events'],
    [true, 'iot:Subscribe', 'topicfilter//devices/SN-1/config'],
    [true, 'iot:Receive', 'topic//devices/SN-1/config'],
    [true, 'iot:Subscribe', 'topicfilter//devices/SN-1/commands/#'],
    [true, 'iot:Receive', 'topic//devices/SN-1/commands'],
    [true, 'iot:Receive', 'topic//devices/SN-1/commands/open'],
    [false, 'iot:Subscribe', 'topicfilter//devices/SN-2/commands/#'],
    [false, 'iot:Publish', 'topic//devices/SN-11/events'],
    [true, 'iot:Publish', 'topic/muster/things/muster:sensor:SN-1/state'],
  ])('is told %s when it asks for %s on %s', (isSo, action, resource) => {
    expect(judgeBy(texts)({ action, resource })).toBe(isSo);
  });

  test.each(['*', '+', '#', 'SN-1/#', 'SN*', 'SN?', '${iot:ClientId}', '', 'ä', 'x'.repeat(129)])(
    'has none by the id "%s"',
    (inheritedId) => {
      expect(() => compileConnectionPolicies(compilation, connected(drawn), { ...reach, inheritedId })).toThrow(RangeError);
    },
  );
});
