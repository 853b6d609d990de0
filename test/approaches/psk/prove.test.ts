import { enrollPsk } from '../../../approaches/psk/enroll.ts';
import { provePsk } from '../../../approaches/psk/prove.ts';
import { UnusableMeansError } from '../../../domain/prover.ts';
import { NOON } from '../../builders/enrollment.ts';
import { aSerial } from '../../builders/identifiers.ts';
import { METER, SERVER } from './psk-world.ts';

const [first, second] = ['A'.repeat(43), `${'B'.repeat(42)}A`];
const occasion = {
  ...{ line: METER, serialNumber: aSerial(), clientId: 'muster:meter:SN-1', serverName: SERVER, at: NOON, counter: 1, nonce: 'n' },
  fetch: () => Promise.reject(new Error('A PSK device asks nobody.')),
};
const keys = [
  { version: 2, key: second },
  { version: 1, key: first },
];

test('A device proves itself with its newest key', async () => {
  const { password } = await provePsk.open({ keys }).prove(occasion);
  expect(password).toMatch(/^1\.2\./);
});

test('A device proves itself with the key that it is told to use', async () => {
  const { password } = await provePsk.open({ keys, use: 1 }).prove(occasion);
  expect(password).toMatch(/^1\.1\./);
});

test.each([
  ['nothing', undefined],
  ['no key', { keys: [] }],
  ['a key of another length', { keys: [{ version: 1, key: 'AAAA' }] }],
  ['a key with loose bits', { keys: [{ version: 1, key: `${'A'.repeat(42)}B` }] }],
  ['a version twice', { keys: [keys[0], keys[0]] }],
  ['a version that is none', { keys: [{ version: 0, key: first }] }],
  ['a version to use that is not there', { keys, use: 3 }],
  ['a field of its own', { keys, trust: true }],
])('A secret with %s is refused, and not repeated', (_, secret) => {
  const open = () => provePsk.open(secret);
  expect(open).toThrow(UnusableMeansError);
  expect(open).not.toThrow(first);
});

test('Enrolling a device records what it must prove, and nothing to keep secret', async () => {
  const device = { line: METER, serialNumber: aSerial() };
  const requirement = await enrollPsk.requirementOf({}, () => Promise.resolve(undefined), device);
  expect(requirement).toEqual({ proof: 'derived-key' });
  expect('fix' in requirement ? undefined : enrollPsk.describe(requirement)).toEqual({
    attestation: 'device-secret',
    details: { proof: 'derived-key' },
  });
  expect(enrollPsk.describe({ proof: 'honour' })).toBeUndefined();
});
