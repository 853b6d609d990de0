import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { createFileClaimSource } from '../../../device/store/file-claim-source.ts';
import { lineName } from '../../../domain/identifiers.ts';

let directory: string;
const at = (name: string) => join(directory, name);
const claimFile = {
  schemaVersion: 1,
  name: 'batch-7',
  line: 'sensor',
  template: 'muster-sensor',
  clientIdPrefix: 'muster-claim-sensor-',
  certificateId: 'a'.repeat(64),
  endpoint: 'broker.example:8883',
  certificate: 'batch-7.certificate.pem',
  privateKey: 'batch-7.private-key.pem',
};

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'muster-claim-'));
  await writeFile(at('batch-7.claim.json'), JSON.stringify(claimFile));
  await writeFile(at('batch-7.certificate.pem'), 'certificate');
  await writeFile(at('batch-7.private-key.pem'), 'key', { mode: 0o600 });
});
afterEach(async () => {
  await rm(directory, { recursive: true });
});

describe('a claim in files', () => {
  test('is found whole by its claim file', async () => {
    expect(await createFileClaimSource({ claimFile: at('batch-7.claim.json') }).read()).toEqual({
      identity: { certificatePem: 'certificate', privateKeyPem: 'key' },
      line: 'sensor',
      template: 'muster-sensor',
      clientIdPrefix: 'muster-claim-sensor-',
      endpoint: 'broker.example:8883',
    });
  });

  test('says when an operator must approve each device', async () => {
    await writeFile(at('batch-7.claim.json'), JSON.stringify({ ...claimFile, approval: 'operator' }));
    expect(await createFileClaimSource({ claimFile: at('batch-7.claim.json') }).read()).toMatchObject({ approval: 'operator' });
  });

  test('may be given part by part, and a part goes before the claim file', async () => {
    const parts = {
      certificate: at('batch-7.certificate.pem'),
      privateKey: at('batch-7.private-key.pem'),
      line: z.parse(lineName, 'gateway'),
      template: 'muster-gateway',
      clientIdPrefix: 'muster-claim-gateway-',
    };
    expect(await createFileClaimSource(parts).read()).toMatchObject({ template: 'muster-gateway' });
    expect(await createFileClaimSource({ ...parts, claimFile: at('batch-7.claim.json') }).read()).toMatchObject({
      template: 'muster-gateway',
      endpoint: 'broker.example:8883',
    });
  });

  test('is refused when others can read its key', async () => {
    await chmod(at('batch-7.private-key.pem'), 0o644);
    await expect(createFileClaimSource({ claimFile: at('batch-7.claim.json') }).read()).rejects.toThrow(/has mode 0644.*chmod 600/);
  });

  test.each(['batch-7.claim.json', 'batch-7.certificate.pem', 'batch-7.private-key.pem'])(
    'is refused by name when %s is missing',
    async (name) => {
      await rm(at(name));
      await expect(createFileClaimSource({ claimFile: at('batch-7.claim.json') }).read()).rejects.toThrow(name);
    },
  );

  test.each(['{', '{}', JSON.stringify({ ...claimFile, line: 'a/b' }), JSON.stringify({ ...claimFile, approval: 'perhaps' })])(
    'is refused when its file says %s',
    async (text) => {
      await writeFile(at('batch-7.claim.json'), text);
      await expect(createFileClaimSource({ claimFile: at('batch-7.claim.json') }).read()).rejects.toThrow(/is not a claim file/);
    },
  );

  test('says which option is missing', async () => {
    await expect(createFileClaimSource({}).read()).rejects.toThrow('expected --claim-certificate, or --claim with a file that says it');
  });

  test('is forgotten whole, and may be forgotten again', async () => {
    const source = createFileClaimSource({ claimFile: at('batch-7.claim.json') });
    await source.forget();
    expect(await readdir(directory)).toEqual([]);
    await source.forget();
  });
});
