import { readFile } from 'node:fs/promises';
import { PSEUDONYM_KEY_BYTES } from '../../domain/audit/pseudonym.ts';
import { CommandError } from '../command-error.ts';

/**
 * Reads the key of pseudonyms: a file with its bytes in hexadecimal digits.
 * @throws CommandError when there is none; its message never holds what the file says.
 */
export const readPseudonymKey = async (path: string): Promise<Uint8Array> => {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new CommandError(`${path} cannot be read (${String(error)}). A key is made by: openssl rand -hex ${PSEUDONYM_KEY_BYTES}`);
  });
  const digits = text.trim();
  if (!new RegExp(`^[0-9a-f]{${PSEUDONYM_KEY_BYTES * 2}}$`, 'i').test(digits))
    throw new CommandError(
      `${path} is no key: expected ${PSEUDONYM_KEY_BYTES} bytes in hexadecimal digits (openssl rand -hex ${PSEUDONYM_KEY_BYTES}).`,
    );
  return Buffer.from(digits, 'hex');
};
