import { createPublicKey, type KeyObject } from 'node:crypto';
import type { EnrollmentMistake, ReadNamedFile, Requirement } from '../../../domain/enroller.ts';

/** The column of an import. */
export const PUBLIC_KEY = 'public_key';

const BLOCKS = /-----BEGIN ([A-Z0-9 ]+)-----[^-]+-----END \1-----/g;
const FILE_NAME = /^[^\n]{1,80}\.[a-z]{2,4}$/i;
const MAX_KEYS = 2;
const MIN_RSA_BITS = 2048;
const MAX_RSA_BITS = 4096;

/** One public key, or two while one takes over from the other: PEM blocks one after the other, or a file that holds them. */
export const readPublicKeys = async (given: string, readFile: ReadNamedFile): Promise<Requirement | EnrollmentMistake> => {
  const text = given.includes('-----BEGIN ') ? given : await readFile(given);
  if (text === undefined) return mistake(`${shown(given)}, which is no PEM and no file`);
  if (text.includes('PRIVATE KEY-----')) return mistake('a private key, which must never leave its device');
  const blocks = [...text.matchAll(BLOCKS)].map(([block]) => block);
  if (blocks.length === 0 || blocks.length > MAX_KEYS) return mistake(`${blocks.length} blocks of PEM`);
  const [publicKey, nextPublicKey] = blocks.map(spkiOf);
  if (publicKey === undefined || (blocks.length === MAX_KEYS && nextPublicKey === undefined))
    return mistake('a key that no device is let in with');
  if (publicKey === nextPublicKey) return mistake('one key twice');
  return { publicKey, ...(nextPublicKey === undefined ? {} : { nextPublicKey }) };
};

const spkiOf = (pem: string): string | undefined => {
  try {
    const key = createPublicKey(pem);
    return isAcceptable(key) ? key.export({ type: 'spki', format: 'der' }).toString('base64') : undefined;
  } catch {
    return undefined;
  }
};

// What ES256 and RS256 are made with (RFC 7518 §3.3, §3.4).
const isAcceptable = ({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean => {
  const { namedCurve, modulusLength = 0 } = asymmetricKeyDetails ?? {};
  return namedCurve === 'prime256v1' || (asymmetricKeyType === 'rsa' && modulusLength >= MIN_RSA_BITS && modulusLength <= MAX_RSA_BITS);
};

// Only what looks like a file's name is repeated: a secret may have got into the wrong column.
const shown = (text: string): string => (FILE_NAME.test(text) ? JSON.stringify(text) : `text of ${text.length} characters`);

const mistake = (got: string): EnrollmentMistake => ({
  what: PUBLIC_KEY,
  got,
  allowed: 'one or two public keys or certificates in PEM (P-256, or RSA of 2048 to 4096 bits), or a file that holds them',
  fix: "give the public half of the key that the device signs its tokens with, and its next key's while it changes over",
});
