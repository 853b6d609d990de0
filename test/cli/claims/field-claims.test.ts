import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FieldClaims } from '../../../domain/claim/claim-ports.ts';
import { aCertificateId, aLine } from '../../builders/identifiers.ts';
import { inProcessOperations } from '../../fakes/in-process-operations.ts';
import { runMuster } from '../../fakes/muster-command.ts';

let out: string;
beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'muster-field-'));
});
afterEach(async () => {
  await rm(out, { recursive: true });
});

const start = (...wishes: Parameters<typeof inProcessOperations>) => {
  const asked: string[] = [];
  const fieldClaims: FieldClaims = {
    create: (templateName) => {
      asked.push(templateName);
      return Promise.resolve({ certificateId: aCertificateId('field'), certificatePem: 'certificate\n', privateKeyPem: 'secret\n' });
    },
  };
  const bench = inProcessOperations(...wishes);
  const create = (...more: readonly string[]) =>
    runMuster({ client: bench.client, fieldClaims }, 'claims', 'create', '--field', '--line', 'sensor', '--out', out, ...more);
  return { ...bench, asked, create };
};

describe('muster claims create --field', () => {
  test('puts the key into the technician’s file, and the claim on record under the technician’s name', async () => {
    const { create, asked, claims } = start();
    const { output } = await create('--name', 'field-1', '--json');
    expect(asked).toEqual(['muster-sensor']);
    expect((await readdir(out)).sort()).toEqual(['field-1.certificate.pem', 'field-1.claim.json', 'field-1.private-key.pem']);
    expect(await readFile(join(out, 'field-1.private-key.pem'), 'utf8')).toBe('secret\n');
    expect((await stat(join(out, 'field-1.private-key.pem'))).mode & 0o777).toBe(0o600);
    expect(await claims.store.readClaims([aCertificateId('field')])).toMatchObject([
      { name: 'field-1', quota: 1, technician: 'arn:aws:iam::111122223333:user/ann' },
    ]);
    expect(output.join()).not.toContain('secret\n');
  });

  test('finds a name by itself', async () => {
    const { create } = start();
    await create('--quota', '5');
    expect((await readdir(out)).filter((name) => /^field-sensor-[0-9a-f]{12}\.claim\.json$/.test(name))).toHaveLength(1);
  });

  test('leaves no key behind when it is not put on record', async () => {
    const { create } = start({ scopes: [{ name: 'factory-7', role: 'factory', lines: [aLine('gateway')] }] });
    await expect(create()).rejects.toThrow('does not reach line "sensor"');
    expect(await readdir(out)).toEqual([]);
  });

  test('asks AWS for nothing in a dry run', async () => {
    const { create, asked } = start();
    await create('--dry-run');
    expect(asked).toEqual([]);
  });

  test.each([
    [['--expires', '1d'], '--field makes a claim of five minutes'],
    [['--quota', '6'], 'admits 5 at the most'],
  ])('refuses %j', async (more, message) => {
    const { create, asked } = start();
    await expect(create(...more)).rejects.toThrow(message);
    expect(asked).toEqual([]);
  });
});
