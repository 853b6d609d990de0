import type { EnrollmentMistake, ReadNamedFile, Requirement } from '../../../domain/enroller.ts';
import { deviceKeyIn } from '../evidence/device-key.ts';

/** The column of an import. */
export const PUBLIC_KEY = 'public_key';

const BLOCKS = /-----BEGIN ([A-Z0-9 ]+)-----[^-]+-----END \1-----/g;
const FILE_NAME = /^[^\n]{1,80}\.[a-z]{2,4}$/i;
const MAX_KEYS = 2;

/** One public key, or two while one takes over from the other: PEM blocks one after the other, or a file that holds them. */
export const readPublicKeys = async (given: string, readFile: ReadNamedFile): Promise<Requirement | EnrollmentMistake> => {
  const text = given.includes('-----BEGIN ') ? given : await readFile(given);
  if (text === undefined) return mistake(`${shown(given)}, which is no PEM and no file`);
  if (text.includes('PRIVATE KEY-----')) return mistake('a private key, which must never leave its device');
  const blocks = [...text.matchAll(BLOCKS)].map(([block]) => block);
  if (blocks.length === 0 || blocks.length > MAX_KEYS) return mistake(`${blocks.length} blocks of PEM`);
  const [publicKey, nextPublicKey] = blocks.map(deviceKeyIn);
  if (publicKey === undefined || (blocks.length === MAX_KEYS && nextPublicKey === undefined))
    return mistake('a key that no device is let in with');
  if (publicKey === nextPublicKey) return mistake('one key twice');
  return { publicKey, ...(nextPublicKey === undefined ? {} : { nextPublicKey }) };
};

// Only what looks like a file's name is repeated: a secret may have got into the wrong column.
const shown = (text: string): string => (FILE_NAME.test(text) ? JSON.stringify(text) : `text of ${text.length} characters`);

const mistake = (got: string): EnrollmentMistake => ({
  what: PUBLIC_KEY,
  got,
  allowed: 'one or two public keys or certificates in PEM (P-256, or RSA of 2048 to 4096 bits), or a file that holds them',
  fix: "give the public half of the key that the device signs its tokens with, and its next key's while it changes over",
});
