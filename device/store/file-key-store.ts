import { createPrivateKey } from 'node:crypto';
import { join } from 'node:path';
import { BadSetupError } from '../bad-setup.ts';
import { createFile, replaceFile } from './durable-file.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import type { KeyStore } from './key-store.ts';
import { parseOnboardingRecord } from '../onboarding/onboarding-record.ts';
import { asBadSetup, openPrivateDirectory, readPrivateFile } from './private-file.ts';

/** The names under which a device's other programs find its credential. */
export const stateFiles = {
  key: 'device.private-key.pem',
  certificate: 'device.certificate.pem',
  record: 'onboarding.json',
  proofs: 'proofs.json',
} as const;

/**
 * Keeps a device's key, certificate and record as three files of one directory, which one process uses at a time.
 * @throws BadSetupError when the directory cannot be made or is open to others.
 */
export const openFileKeyStore = async (directory: string, fileSystem: FileSystem = nodeFileSystem): Promise<KeyStore> => {
  await openPrivateDirectory(fileSystem, directory);
  const pathOf = (file: keyof typeof stateFiles) => join(directory, stateFiles[file]);
  const read = (file: keyof typeof stateFiles) => readPrivateFile(fileSystem, pathOf(file));
  const write = (file: keyof typeof stateFiles, text: string) => named(pathOf(file), replaceFile(fileSystem, pathOf(file), text));
  const readKey = async () => usableKey(pathOf('key'), await read('key'));
  return {
    readKey,
    keepKey: async (privateKeyPem) => {
      const isNew = await named(pathOf('key'), createFile(fileSystem, pathOf('key'), privateKeyPem));
      return isNew ? privateKeyPem : ((await readKey()) ?? privateKeyPem);
    },
    readRecord: async () => parseOnboardingRecord((await read('record')) ?? ''),
    writeRecord: (record) => write('record', `${JSON.stringify(record, undefined, 2)}\n`),
    readCertificate: () => read('certificate'),
    writeCertificate: (certificatePem) => write('certificate', certificatePem),
  };
};

// The cloud has bound the serial number to this key, so it must never be replaced by a new one without a word.
const usableKey = (path: string, text: string | undefined): string | undefined => {
  if (text === undefined) return undefined;
  try {
    createPrivateKey(text);
    return text;
  } catch (cause) {
    throw new BadSetupError(
      `${path} holds no private key in PEM; restore it, or remove it and have an operator release the serial number.`,
      { cause },
    );
  }
};

const named = async <Value>(path: string, write: Promise<Value>): Promise<Value> => {
  try {
    return await write;
  } catch (error) {
    throw asBadSetup(`${path} cannot be written`, error);
  }
};
