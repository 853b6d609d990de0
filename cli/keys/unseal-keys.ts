import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyObject } from 'node:crypto';
import { type KeyBatch, readKeyBatch } from '../../approaches/psk/evidence/key-batch.ts';
import type { PskSecret } from '../../approaches/psk/evidence/secret.ts';
import type { ThingName } from '../../domain/identifiers.ts';
import { SECRET_MODE } from '../claims/files.ts';
import { CommandError } from '../command-error.ts';
import { errorCodeOf } from '../error-code.ts';
import { readKeyFile } from './key-file.ts';
import { unseal } from './sealed-key.ts';
import { writeOnce } from '../files/write-once.ts';

/** What a device reads: who it is, where it connects to, and what it proves itself with. */
interface CredentialFile {
  readonly schemaVersion: 1;
  readonly approach: 'psk';
  readonly thingName: ThingName;
  /** With it, the client finds the key that is its own without reading a digest back from the thing's name. */
  readonly serialNumber: string;
  readonly authorizer: string;
  readonly endpoint: string;
  readonly topicPrefix: string;
  readonly sessionSeconds: number;
  readonly secret: PskSecret;
}

export interface UnsealWishes {
  /** What `muster keys issue` wrote. */
  readonly file: string;
  readonly key: KeyObject;
  /** Where the credential files go; made when it is not there. */
  readonly directory: string;
  /** Instead of the account's data endpoint. */
  readonly endpoint?: string | undefined;
}

export interface Unsealed {
  /** The credential files, those that were there before as well. */
  readonly files: readonly string[];
  readonly written: number;
  /** How many were there already, and are the same. */
  readonly unchanged: number;
}

/**
 * Opens a file of sealed keys and writes one credential file for each device, for its owner alone to read. Run again, it writes
 * what is missing and leaves the others as they are.
 * @throws CommandError where something cannot be opened, or a file is there that has another key: it is never overwritten.
 */
export const unsealKeys = async ({ file, key, directory, endpoint }: UnsealWishes): Promise<Unsealed> => {
  const content = await readKeyFile(file);
  if (content === undefined) throw new CommandError(`${file} is not there.`);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const files: string[] = [];
  let written = 0;
  for (const { sealed } of content.entries) {
    const batch = readKeyBatch((await unseal(sealed, key)) ?? '');
    if (batch === undefined) throw new CommandError(UNOPENED);
    for (const device of batch.devices) {
      const path = join(directory, `${device.thingName.replaceAll(':', '.')}.json`);
      written += await writeCredential(path, credentialOf(batch, device, endpoint));
      files.push(path);
    }
  }
  return { files, written, unchanged: files.length - written };
};

const UNOPENED = 'The keys cannot be unsealed: they were sealed to another key, were changed since, or are none.';

const credentialOf = (batch: KeyBatch, device: KeyBatch['devices'][number], endpoint = batch.endpoint): CredentialFile => ({
  schemaVersion: 1,
  approach: 'psk',
  thingName: device.thingName,
  serialNumber: device.serialNumber,
  authorizer: batch.authorizer,
  endpoint,
  topicPrefix: batch.topicPrefix,
  sessionSeconds: batch.sessionSeconds,
  secret: { keys: [{ version: device.keyVersion ?? batch.keyVersion, key: device.key }] },
});

const writeCredential = async (path: string, credential: CredentialFile): Promise<0 | 1> => {
  const text = `${JSON.stringify(credential, undefined, 2)}\n`;
  const before = await readFile(path, 'utf8').catch((cause: unknown) => {
    if (errorCodeOf(cause) === 'ENOENT') return undefined;
    throw new CommandError(`${path} cannot be read (${String(cause)}).`, { cause });
  });
  if (before === text) return 0;
  if (before !== undefined) throw new CommandError(`${path} is there and says something else; it was left as it is. Choose another --out.`);
  await writeOnce(path, text, SECRET_MODE);
  return 1;
};
