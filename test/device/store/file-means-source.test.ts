import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileMeansSource, type GivenMeans } from '../../../device/store/file-means-source.ts';

let directory: string;
const at = (name: string) => join(directory, name);
const read = (given: GivenMeans) => createFileMeansSource(given).read();

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'muster-means-'));
  await writeFile(at('secret'), 'ab'.repeat(32), { mode: 0o600 });
  await writeFile(at('idevid.pem'), 'certificates');
  await writeFile(at('idevid.key'), 'key', { mode: 0o600 });
});
afterEach(async () => {
  await rm(directory, { recursive: true });
});

describe('What a device was given to prove itself with', () => {
  test('is nothing, a code, a secret or a vendor certificate', async () => {
    expect(await read({})).toBeUndefined();
    expect(await read({ enrollmentCode: 'ABCD-EFGH' })).toEqual({ kind: 'enrollment-code', code: 'ABCD-EFGH' });
    expect(await read({ deviceSecretFile: at('secret') })).toEqual({ kind: 'device-secret', secret: 'ab'.repeat(32) });
    expect(await read({ vendorCertificate: at('idevid.pem'), vendorKey: at('idevid.key') })).toEqual({
      kind: 'vendor-certificate',
      certificatesPem: 'certificates',
      privateKeyPem: 'key',
    });
  });

  test('is one thing only', async () => {
    await expect(read({ enrollmentCode: 'ABCD-EFGH', deviceSecretFile: at('secret') })).rejects.toThrow(
      'more than one thing to prove with',
    );
  });

  test.each<[GivenMeans, string]>([
    [{ vendorKey: 'idevid.key' }, 'without --vendor-certificate'],
    [{ vendorCertificate: 'idevid.pem' }, 'without --vendor-key'],
  ])('is whole or refused: %j', async (given, message) => {
    await expect(read(given)).rejects.toThrow(message);
  });

  test.each(['secret', 'idevid.key'])('is refused when others can read %s', async (name) => {
    await chmod(at(name), 0o640);
    const given = name === 'secret' ? { deviceSecretFile: at(name) } : { vendorCertificate: at('idevid.pem'), vendorKey: at(name) };
    await expect(read(given)).rejects.toThrow(/has mode 0640.*chmod 600/);
  });

  test.each(['secret', 'idevid.pem', 'idevid.key'])('is refused by name when %s is missing', async (name) => {
    await rm(at(name));
    const given = name === 'secret' ? { deviceSecretFile: at(name) } : { vendorCertificate: at('idevid.pem'), vendorKey: at('idevid.key') };
    await expect(read(given)).rejects.toThrow(name);
  });
});
