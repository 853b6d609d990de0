import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provePki } from '../../../approaches/pki/prove.ts';
import { openFileKeyStore } from '../../../device/store/file-key-store.ts';
import type { OnboardingRecord } from '../../../device/onboarding/onboarding-record.ts';
import { Power, PowerCut, powered } from '../../fakes/power.ts';
import { VolatileMedium } from '../../fakes/volatile-medium.ts';

const key = await provePki.makeKey('ec-p256');
const otherKey = await provePki.makeKey('ec-p256');
const record: OnboardingRecord = { schemaVersion: 1, serialNumber: 'SN-0001', stage: 'asking' };

let directory: string;
beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), 'muster-store-')), 'state');
});
afterEach(async () => {
  await rm(join(directory, '..'), { recursive: true });
});

const modeOf = async (name = ''): Promise<string> => ((await stat(join(directory, name))).mode & 0o777).toString(8);

describe('the file key store', () => {
  test('gives back what it was given', async () => {
    const store = await openFileKeyStore(directory);
    expect(await store.readKey()).toBeUndefined();
    expect(await store.readRecord()).toBeUndefined();
    expect(await store.readCertificate()).toBeUndefined();
    await store.keepKey(key);
    await store.writeRecord(record);
    await store.writeCertificate('certificate');
    const reopened = await openFileKeyStore(directory);
    expect(await reopened.readKey()).toBe(key);
    expect(await reopened.readRecord()).toEqual(record);
    expect(await reopened.readCertificate()).toBe('certificate');
  });

  test('lets nobody but the owner at its files, whatever the umask', async () => {
    const umask = process.umask(0);
    try {
      const store = await openFileKeyStore(directory);
      await store.keepKey(key);
      await store.writeRecord(record);
      await store.writeCertificate('certificate');
      expect(await modeOf()).toBe('700');
      for (const name of await readdir(directory)) expect([name, await modeOf(name)]).toEqual([name, '600']);
    } finally {
      process.umask(umask);
    }
  });

  test('leaves nothing but its three files', async () => {
    const store = await openFileKeyStore(directory);
    await store.keepKey(key);
    await store.keepKey(otherKey);
    await store.writeRecord(record);
    await store.writeRecord(record);
    await store.writeCertificate('certificate');
    expect((await readdir(directory)).sort()).toEqual(['device.certificate.pem', 'device.private-key.pem', 'onboarding.json']);
  });

  test('never replaces a key, and says which one it kept', async () => {
    const store = await openFileKeyStore(directory);
    expect(await store.keepKey(key)).toBe(key);
    expect(await store.keepKey(otherKey)).toBe(key);
    expect(await readFile(join(directory, 'device.private-key.pem'), 'utf8')).toBe(key);
  });

  test.each([0o604, 0o640, 0o602, 0o660])('refuses a key with mode %o', async (mode) => {
    const store = await openFileKeyStore(directory);
    await store.keepKey(key);
    await chmod(join(directory, 'device.private-key.pem'), mode);
    await expect(store.readKey()).rejects.toThrow(/others can use its secret; expected 0600. Run: chmod 600/);
  });

  test.each([0o720, 0o702, 0o777])('refuses a directory with mode %o, in which others could exchange the key', async (mode) => {
    await openFileKeyStore(directory);
    await chmod(directory, mode);
    await expect(openFileKeyStore(directory)).rejects.toThrow(/Run: chmod 700/);
  });

  test('refuses a key file that holds no key, and does not make another', async () => {
    const store = await openFileKeyStore(directory);
    await writeFile(join(directory, 'device.private-key.pem'), 'garbage', { mode: 0o600 });
    await expect(store.readKey()).rejects.toThrow(/holds no private key/);
    await expect(store.keepKey(key)).rejects.toThrow(/holds no private key/);
  });

  test.each(['', '{', '{"stage":"onboarded"}', '{"schemaVersion":2,"stage":"asking","serialNumber":"x"}'])(
    'takes the record %j for none, because asking again is harmless',
    async (text) => {
      const store = await openFileKeyStore(directory);
      await writeFile(join(directory, 'onboarding.json'), text, { mode: 0o600 });
      expect(await store.readRecord()).toBeUndefined();
    },
  );

  test('says which path cannot be used when there is a file in the way', async () => {
    await openFileKeyStore(directory);
    await writeFile(join(directory, 'file'), '');
    await expect(openFileKeyStore(join(directory, 'file'))).rejects.toThrow(/file cannot be used as the state directory/);
  });
});

describe('a power cut while the store writes', () => {
  const writes = Array.from({ length: 6 }, (_, index) => index + 1);

  test.each(writes)('at moment %i leaves the old record or the new one', async (moment) => {
    for (const keepsNames of [true, false]) {
      const medium = new VolatileMedium();
      await (await openFileKeyStore('/state', medium.fileSystem)).writeRecord(record);
      // Opening the directory passes four moments of its own.
      const store = await openFileKeyStore('/state', powered(new Power(4 + moment), medium.fileSystem));
      const next: OnboardingRecord = { ...record, serialNumber: 'next' };
      await expect(store.writeRecord(next)).rejects.toThrow(PowerCut);
      medium.recover(keepsNames);
      const found = await (await openFileKeyStore('/state', medium.fileSystem)).readRecord();
      expect([record, next]).toContainEqual(found);
    }
  });

  test('never comes after the store has said that a key is kept', async () => {
    const medium = new VolatileMedium();
    await (await openFileKeyStore('/state', medium.fileSystem)).keepKey(key);
    medium.recover(false);
    expect(await (await openFileKeyStore('/state', medium.fileSystem)).readKey()).toBe(key);
  });
});
