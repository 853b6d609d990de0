import { readFile } from 'node:fs/promises';
import { CommandError } from '../../command-error.ts';
import { errorCodeOf } from '../../error-code.ts';
import type { RegisteredKeys } from '../registered-keys.ts';
import { readDetachedCms } from './detached-cms.ts';
import { isCompactJws, readDetachedJws } from './detached-jws.ts';
import type { ManifestSignature } from './manifest-signature.ts';

/** What signatures are called that lie beside their manifest. */
const endings = ['.jws', '.p7s'];

/** No signature is larger, chain of certificates included. */
const MAX_BYTES = 65_536;

/**
 * The signature of a manifest: the file that is named, or `<manifest>.jws` or `<manifest>.p7s`; `undefined` when there is none.
 * @throws CommandError where it cannot be read as one.
 */
export const findSignature = async (
  manifest: string,
  named: string | undefined,
  keys: RegisteredKeys,
): Promise<ManifestSignature | undefined> => {
  const paths = named === undefined ? endings.map((ending) => manifest + ending) : [named];
  for (const path of paths) {
    const bytes = await read(path, named !== undefined);
    if (bytes !== undefined) return parse(path, bytes, keys);
  }
  return undefined;
};

const read = async (path: string, isNamed: boolean): Promise<Buffer | undefined> => {
  try {
    return await readFile(path);
  } catch (error) {
    if (!isNamed && errorCodeOf(error) === 'ENOENT') return undefined;
    throw new CommandError(`The signature ${path} cannot be read (${String(error)}).`, { cause: error });
  }
};

const parse = (path: string, bytes: Buffer, keys: RegisteredKeys): ManifestSignature => {
  if (bytes.length > MAX_BYTES) throw new CommandError(`${path} is ${bytes.length} bytes long; no signature is longer than ${MAX_BYTES}.`);
  const text = bytes.toString('latin1');
  return isCompactJws(text) ? readDetachedJws(path, text, keys) : readDetachedCms(path, bytes, keys);
};
