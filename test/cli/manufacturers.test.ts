import { createHash, X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { parseConfiguration } from '../../domain/configuration.ts';
import { keyId } from '../../domain/manufacturer.ts';
import { selfSigned } from '../builders/cms.ts';
import { NOON } from '../builders/enrollment.ts';
import { aManufacturer, signDetached } from '../builders/manufacturer.ts';
import { inMemoryManufacturerStore } from '../fakes/in-memory-manufacturer-store.ts';
import { inProcessOperations } from '../fakes/in-process-operations.ts';
import { runMuster } from '../fakes/muster-command.ts';

const ANN = 'arn:aws:iam::111122223333:user/ann';
const BOB = 'arn:aws:iam::111122223333:user/bob';

const configuration = parseConfiguration({ lines: [{ name: 'sensor' }, { name: 'gateway' }], tenants: [{ name: 'acme' }] }, ['pki']);

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'muster-manufacturers-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true });
});

const scopes = [
  { name: 'operator', role: 'operator' },
  { name: 'security', role: 'security' },
  { name: 'factory', role: 'factory' },
] as const;

const aBench = (now = () => Date.now()) => {
  const manufacturers = inMemoryManufacturerStore();
  const operations = inProcessOperations({ now, scopes, resources: { configuration, manufacturers } });
  const run = (scope: (typeof scopes)[number]['name'], arn: string, ...parameters: readonly string[]) =>
    runMuster({ client: operations.clientAs(arn, scope), configuration, interrupted: new Promise<void>(() => undefined) }, ...parameters);
  return { ...operations, manufacturers, run };
};

const write = async (name: string, content: string | Buffer): Promise<string> => {
  const path = join(directory, name);
  await writeFile(path, content);
  return path;
};

describe('muster manufacturers', () => {
  test('registers a key when two people in two roles say so, and shows it', async () => {
    const { run, manufacturers, audit } = aBench();
    const maker = aManufacturer();
    const key = await write('key.jwk', JSON.stringify(maker.key.jwk));
    const add = ['manufacturers', 'add', 'acme-works', '--key', key, '--line', 'sensor', '--until', '2030-01-01'];
    const first = await run('operator', ANN, ...add);
    expect(first).toMatchObject({ code: 3 });
    expect(await manufacturers.list()).toEqual([]);
    const second = await run('security', BOB, ...add);
    expect(second.output.join()).toContain(`Registered the key ${maker.key.kid} of "acme-works", for sensor, until 2030-01-01`);
    expect(await manufacturers.list()).toEqual([{ ...maker.key, lines: ['sensor'], notBefore: 0, notAfter: Date.UTC(2030, 0, 1) }]);
    const registered = audit.events.find(({ code }) => code === 'manufacturer.registered');
    expect(registered).toMatchObject({ manufacturer: 'acme-works', kid: maker.key.kid, actor: { arn: BOB }, proposedBy: ANN });
    expect((await run('factory', ANN, 'manufacturers', 'list')).output.join()).toContain(maker.key.kid);
    expect((await run('operator', ANN, 'manufacturers', 'show', 'acme-works')).output.join()).toContain(maker.key.kid);
    await expect(run('operator', ANN, 'manufacturers', 'show', 'globex')).rejects.toThrow('no manufacturer "globex"');
  });

  test('removes a key, once', async () => {
    const { run, manufacturers, audit } = aBench();
    const { key } = aManufacturer();
    await manufacturers.add(key);
    const remove = ['manufacturers', 'remove', key.name, '--key', key.kid];
    await run('operator', ANN, ...remove, '--dry-run');
    expect(await manufacturers.list()).toEqual([key]);
    await run('operator', ANN, ...remove);
    expect(await manufacturers.list()).toEqual([]);
    expect(audit.events.at(-1)).toMatchObject({ code: 'manufacturer.removed', manufacturer: key.name, kid: key.kid });
    await expect(run('operator', ANN, ...remove)).rejects.toThrow('has no key');
  });

  test('removes a key whose id begins with a dash', async () => {
    const { run, manufacturers } = aBench();
    const key = { ...aManufacturer().key, kid: z.parse(keyId, `-${'A'.repeat(42)}`) };
    await manufacturers.add(key);
    await run('operator', ANN, 'manufacturers', 'remove', key.name, '--key', key.kid);
    expect(await manufacturers.list()).toEqual([]);
  });

  test('takes the times and the digest of a certificate', async () => {
    const { run, manufacturers } = aBench();
    const maker = aManufacturer({ notBefore: NOON, notAfter: NOON + 1000 });
    const pem = await selfSigned(maker);
    const add = ['manufacturers', 'add', 'acme-works', '--key', await write('signer.crt', pem), '--line', 'gateway', 'sensor'];
    await run('operator', ANN, ...add);
    await run('security', BOB, ...add);
    const certificateDigest = createHash('sha256').update(new X509Certificate(pem).raw).digest('base64url');
    expect(await manufacturers.list()).toMatchObject([
      { notBefore: NOON, notAfter: NOON + 1000, lines: ['gateway', 'sensor'], certificateDigest },
    ]);
  });

  test.each([
    ['a private key', () => aManufacturer().privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 'must never leave'],
    ['a private JWK', () => JSON.stringify(aManufacturer().privateKey.export({ format: 'jwk' })), 'must never leave'],
    ['noise', () => 'noise', 'holds no public key'],
    ['an object', () => '{"kty":"EC"}', 'holds no public key'],
  ])('refuses %s in place of a public key', async (_, text, problem) => {
    const path = await write('key', text());
    const { run } = aBench();
    await expect(
      run('operator', ANN, 'manufacturers', 'add', 'x', '--key', path, '--line', 'sensor', '--until', '2030-01-01'),
    ).rejects.toThrow(problem);
  });

  test.each([
    [['--line', 'pump', '--until', '2030-01-01'], 'no line pump'],
    [['--line', 'sensor'], 'say --until'],
    [['--line', 'sensor', '--until', '30d'], 'expected a date or time'],
    [['--line', 'sensor', '--until', '2030-01-01', '--from', '2031-01-01'], 'expire before'],
  ])('refuses wishes that cannot be: %j', async (more, problem) => {
    const path = await write('key', JSON.stringify(aManufacturer().key.jwk));
    const { run } = aBench();
    const add = ['manufacturers', 'add', 'x', '--key', path, ...more];
    await expect(run('operator', ANN, ...add).then(() => run('security', BOB, ...add))).rejects.toThrow(problem);
  });

  test('refuses a key that is registered for somebody else', async () => {
    const { run, manufacturers } = aBench();
    const { key } = aManufacturer();
    await manufacturers.add(key);
    const add = [
      'manufacturers',
      'add',
      'globex',
      '--key',
      await write('key', JSON.stringify(key.jwk)),
      '--line',
      'sensor',
      '--until',
      '2030-01-01',
    ];
    await run('operator', ANN, ...add).catch(() => undefined);
    await expect(run('security', BOB, ...add)).rejects.toThrow('is registered otherwise, for "acme-works"');
  });
});

describe('an import of a signed manifest', () => {
  const signedBy = async (maker: ReturnType<typeof aManufacturer>, text: string): Promise<string> => {
    const path = await write('devices.csv', text);
    await write('devices.csv.jws', signDetached(maker, text));
    return path;
  };

  test('is done by the factory, for the lines of the key, and says who vouched', async () => {
    const { run, manufacturers, audit } = aBench();
    const maker = aManufacturer({ lines: ['sensor'], notBefore: 0 });
    await manufacturers.add(maker.key);
    const file = await signedBy(maker, 'serial,line,tenant\nSN-1,sensor,acme\nSN-2,gateway,acme\n');
    const { code, output, errors } = await run('factory', ANN, 'devices', 'import', file);
    expect(code).toBe(1);
    expect(output.join()).toBe('2 rows = 1 created + 0 unchanged + 0 conflicting + 1 refused.');
    expect(errors.join('\n')).toContain('that of "acme-works" may not');
    expect(audit.events.map(({ manufacturer }) => manufacturer)).toEqual(['acme-works', 'acme-works']);
  });

  test('is refused by the function when the key was removed, or its time is over there', async () => {
    const { run, manufacturers, clientAs } = aBench();
    const maker = aManufacturer({ notBefore: 0 });
    await manufacturers.add(maker.key);
    const file = await signedBy(maker, 'serial,line,tenant\nSN-1,sensor,acme\n');
    const list = manufacturers.list.bind(manufacturers);
    let asked = 0;
    manufacturers.list = async () => ((asked += 1) === 1 ? list() : []);
    await expect(run('factory', ANN, 'devices', 'import', file)).rejects.toThrow('No manufacturer has the key');
    expect(clientAs).toBeDefined();
    const late = aBench(() => maker.key.notAfter + 600_000);
    await late.manufacturers.add(maker.key);
    await expect(late.run('factory', ANN, 'devices', 'import', file)).rejects.toThrow('expired at');
  });

  test('is not left out by the factory, whatever they wish', async () => {
    const { run, audit } = aBench();
    const file = await write('unsigned.csv', 'serial,line,tenant\nSN-1,sensor,acme\n');
    await expect(run('factory', ANN, 'devices', 'import', file)).rejects.toThrow('has no signature');
    await expect(run('factory', ANN, 'devices', 'import', file, '--unsigned')).rejects.toThrow('imports signed manifests only');
    expect(audit.events.map(({ code }) => code)).toEqual(['operation.refused']);
  });
});
