import { expect, test } from '@jest/globals';
import { encode } from 'cborg';
import * as fc from 'fast-check';
import { goodCsr, ProvisioningWorld, simpleTemplate } from './provisioning-world.ts';

const topics = ['$aws/certificates/create', '$aws/certificates/create-from-csr', '$aws/provisioning-templates/lamps/provision'];

const names = fc.constantFrom(
  'certificateSigningRequest',
  'certificateOwnershipToken',
  'parameters',
  'SerialNumber',
  '__proto__',
  'constructor',
);

const request = fc.oneof(
  fc.jsonValue(),
  fc.dictionary(names, fc.oneof(fc.constant(goodCsr), fc.constant('TOKEN'), fc.dictionary(names, fc.jsonValue()), fc.jsonValue())),
);

const examples: [string, string, unknown][] = [
  ['json', topics[2] ?? '', JSON.parse('{"certificateOwnershipToken":"TOKEN","parameters":{"__proto__":"x"}}')],
  ['cbor', topics[2] ?? '', JSON.parse('{"certificateOwnershipToken":"TOKEN","parameters":{"__proto__":"x"}}')],
  ['json', topics[2] ?? '', { certificateOwnershipToken: 'TOKEN', parameters: { SerialNumber: '__proto__' } }],
];

/** The same value with a token that is good. */
const withToken = (value: unknown, token: string): unknown =>
  JSON.parse(JSON.stringify(value).replaceAll('"TOKEN"', JSON.stringify(token)));

test('every request is answered once, and never by a fault of the service', async () => {
  const world = new ProvisioningWorld();
  world.addTemplate('lamps', simpleTemplate, { hasHook: true });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('json', 'cbor'), fc.constantFrom(...topics), request, async (format, topic, value) => {
      const body = withToken(value, await world.token());
      const payload = format === 'json' ? Buffer.from(JSON.stringify(body)) : Buffer.from(encode(body));
      const { topic: answered, body: answer } = await world.request(`${topic}/${format}`, payload);
      expect(answered).toMatch(/\/(accepted|rejected)$/);
      expect(answer['statusCode']).not.toBe(500);
    }),
    { numRuns: 1000, examples },
  );
});

test('a hook that answers anything is answered for, and admits only with allowProvisioning true', async () => {
  const world = new ProvisioningWorld();
  world.addTemplate('lamps', simpleTemplate, { hasHook: true });
  const member = fc.oneof(fc.boolean(), fc.jsonValue(), fc.dictionary(fc.string(), fc.string()));
  const anything = fc.oneof(fc.jsonValue(), fc.record({ allowProvisioning: member, parameterOverrides: member }, { requiredKeys: [] }));
  await fc.assert(
    fc.asyncProperty(anything, async (payload) => {
      world.hook = () => Promise.resolve({ outcome: 'returned', payload });
      const { topic, body } = await world.provision();
      expect(body['statusCode']).not.toBe(500);
      const isYes = typeof payload === 'object' && payload !== null && 'allowProvisioning' in payload && payload.allowProvisioning === true;
      if (topic.endsWith('accepted')) expect(isYes).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
