import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PSK_REQUIREMENT } from '../../approaches/psk/evidence/requirement.ts';
import { parseConfiguration } from '../../domain/configuration.ts';
import { type OperatorRole, operatorRoles } from '../../domain/operator-scope.ts';
import { NOON, anEnrollment } from '../builders/enrollment.ts';
import { CLIENT_ID } from '../builders/hook-event.ts';
import { aCertificateId, aKey, aLine, aSerial } from '../builders/identifiers.ts';
import { aManufacturer, signDetached } from '../builders/manufacturer.ts';
import { codeIn, tableWith } from '../builders/markdown.ts';
import { aVendorCa } from '../builders/vendor.ts';
import { inMemoryManufacturerStore } from '../fakes/in-memory-manufacturer-store.ts';
import { inProcessOperations } from '../fakes/in-process-operations.ts';
import { inMemoryDeviceKeys } from '../fakes/in-memory-device-keys.ts';
import { runMuster } from '../fakes/muster-command.ts';

const configuration = parseConfiguration({ lines: [{ name: 'sensor', recovery: 'ticket', rotation: {} }] }, ['pki', 'psk']);
const deviceKeys = inMemoryDeviceKeys({ name: aLine() });
const scopes = operatorRoles.map((role) => ({ name: role, role }));
const maker = aManufacturer({ lines: ['sensor'] });
const csv = `serial,line,tenant,pinned_key\nNEW-1,sensor,acme,${aKey('new')}\n`;
const factory = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const vendor = await aVendorCa();
const asking = { key: aKey('other'), at: NOON, correlationId: CLIENT_ID, claimCertificateId: aCertificateId('claim') };

const devices = [
  anEnrollment({ serialNumber: aSerial('ACTIVE'), state: 'active', boundKey: aKey('device') }),
  anEnrollment({ serialNumber: aSerial('PENDING'), state: 'pending', pending: asking }),
  anEnrollment({ serialNumber: aSerial('CONTESTED'), state: 'active', boundKey: aKey('device'), contender: asking }),
  anEnrollment({ serialNumber: aSerial('KEYED'), approach: 'psk', requirement: PSK_REQUIREMENT }),
  anEnrollment({ serialNumber: aSerial('QUARANTINED'), state: 'quarantined', quarantinedFrom: 'active', boundKey: aKey('device') }),
];

/** Each command that takes a role, so that whoever may has it done: on what is there for it. */
const commandLines: Readonly<Record<string, readonly string[]>> = {
  'manufacturers add': ['globex-works', '--key', 'key.jwk', '--line', 'sensor', '--until', '2030-01-01'],
  'manufacturers list': [],
  'manufacturers show': [maker.key.name],
  'manufacturers remove': [maker.key.name, '--key', maker.key.kid],
  'manufacturers trust-ca': [maker.key.name, '--ca', 'vendor.pem', '--line', 'sensor'],
  'manufacturers distrust-ca': [maker.key.name, aCertificateId('vendor-ca')],
  'claims create': ['--line', 'sensor', '--name', 'batch-2', '--quota', '5', '--expires', '30d', '--out', 'claims'],
  'claims list': [],
  'claims show': ['batch-1'],
  'claims close': ['batch-1', '--yes'],
  'claims rotate': ['batch-1', '--out', 'rotated'],
  'keys issue': ['--line', 'sensor', '--serials', 'keyed.txt', '--seal-to', 'factory.pem', '--out', 'keys.jsonl'],
  'devices import': ['devices.csv'],
  'devices list': [],
  'devices show': ['ACTIVE'],
  'devices approve': ['PENDING'],
  'devices resolve': ['CONTESTED', '--keep', aKey('device'), '--yes'],
  'devices release': ['QUARANTINED'],
  'devices quarantine': ['ACTIVE', '--reason', 'odd traffic'],
  'devices recover': ['ACTIVE', '--reason', 'expired', '--out', 'device.ticket.json'],
  'devices revoke': ['ACTIVE', '--reason', 'sold', '--yes'],
  'devices rotate': ['ACTIVE'],
  'devices transfer': ['ACTIVE', '--to', 'acme', '--yes'],
  'devices decommission': ['ACTIVE', '--reason', 'scrapped', '--yes'],
  'rotation show': ['sensor'],
  'rotation start': ['sensor'],
  'rotation halt': ['sensor', '--reason', 'devices fail'],
  'rotation resume': ['sensor', '--reason', 'mended'],
  explain: ['ACTIVE'],
  'audit tail': [],
  'audit search': [],
  'audit export': ['--out', 'audit.jsonl'],
  'audit address': ['presence-1'],
};

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
const documented = tableWith(readme, 'command', 'what it does', 'roles', 'exit codes')
  .map(([name = '', , roles = '']) => ({ command: codeIn(name).join(), roles }))
  .filter(({ roles }) => roles !== 'anybody');

const mayRun = (roles: string, role: OperatorRole): boolean =>
  roles.startsWith('all') || (roles.split(';')[0] ?? '').split(', ').includes(role);

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'muster-roles-'));
  await writeFile(join(directory, 'key.jwk'), JSON.stringify(aManufacturer({ name: 'globex-works' }).key.jwk));
  await writeFile(join(directory, 'vendor.pem'), vendor.pem);
  await writeFile(join(directory, 'devices.csv'), csv);
  await writeFile(join(directory, 'keyed.txt'), 'KEYED\n');
  await writeFile(join(directory, 'factory.pem'), factory.publicKey.export({ type: 'spki', format: 'pem' }));
  await writeFile(join(directory, 'devices.csv.jws'), signDetached(maker, csv));
});
afterEach(async () => {
  await rm(directory, { recursive: true });
});

/** What becomes of a command when somebody in that role gives it. */
const outcomeOf = async (role: OperatorRole, command: string): Promise<'allowed' | 'refused'> => {
  const operations = inProcessOperations({
    scopes,
    resources: { configuration, deviceKeys, manufacturers: inMemoryManufacturerStore(maker.key) },
  });
  for (const device of devices) await operations.store.register(device);
  const as = (scope: string) => ({
    client: operations.clientAs('arn:aws:iam::111122223333:user/ann', scope),
    configuration,
    interrupted: new Promise<void>(() => undefined),
  });
  const files = ['key.jwk', 'keyed.txt', 'factory.pem', 'keys.jsonl', 'vendor.pem', 'devices.csv', 'claims', 'rotated', 'audit.jsonl'];
  const here = (word: string): string => (files.includes(word) ? join(directory, word) : word);
  await runMuster(
    as('factory'),
    ...[
      'claims',
      'create',
      '--line',
      'sensor',
      '--name',
      'batch-1',
      '--quota',
      '5',
      '--expires',
      '30d',
      '--out',
      join(directory, 'claims'),
    ],
  );
  try {
    await runMuster(as(role), ...command.split(' '), ...(commandLines[command] ?? []).map(here));
    return 'allowed';
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    // Whoever is told that there is no such thing was let through; whoever does not see the keys cannot name one.
    if (code === 'ERR_NOT_FOUND') return 'allowed';
    if (code === 'ERR_NOT_ALLOWED' || code === 'ERR_COMMAND') return 'refused';
    throw error;
  }
};

test('Every command that takes a role is tried', () => {
  expect(documented.map(({ command }) => command)).toEqual(Object.keys(commandLines));
});

describe.each(operatorRoles)('Somebody in the role "%s"', (role) => {
  test.each(documented)('gives the command "$command" as the README says: $roles', async ({ command, roles }) => {
    expect(await outcomeOf(role, command)).toBe(mayRun(roles, role) ? 'allowed' : 'refused');
  });
});
