import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AwsError } from '../aws-error.ts';
import type { KmsKey } from './key.ts';

/** Key-value pairs that are authenticated with a ciphertext and have to be given again to decrypt it. */
export type EncryptionContext = Readonly<Record<string, string>>;

const version = 1;
const ivBytes = 12;
const tagBytes = 16;

const invalid = (): AwsError => new AwsError('InvalidCiphertextException', 'The ciphertext or its encryption context is not valid.');

/** The order of pairs does not matter (KMS Developer Guide, "Encryption context"). */
const authenticated = (context: EncryptionContext): Buffer =>
  Buffer.from(JSON.stringify(Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1))));

/** AES-256-GCM; the blob starts with its version and the key's id, so that Decrypt needs no key id. */
export const encryptWith = (key: KmsKey, plaintext: Uint8Array, context: EncryptionContext): Buffer => {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key.material, iv).setAAD(authenticated(context));
  const encrypted = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  const keyId = Buffer.from(key.keyId);
  return Buffer.concat([Buffer.from([version, keyId.length]), keyId, iv, cipher.getAuthTag(), encrypted]);
};

/** The id of the key that made a ciphertext; undefined when it is none. */
export const keyIdIn = (ciphertext: Buffer): string | undefined => {
  const [first, length] = ciphertext;
  if (first !== version || length === undefined || ciphertext.length < 2 + length + ivBytes + tagBytes) return undefined;
  return ciphertext.toString('utf8', 2, 2 + length);
};

/** The id of the key that made a ciphertext. */
export const keyIdOf = (ciphertext: Buffer): string => {
  const keyId = keyIdIn(ciphertext);
  if (keyId === undefined) throw invalid();
  return keyId;
};

export const decryptWith = (key: KmsKey, ciphertext: Buffer, context: EncryptionContext): Buffer => {
  const ivAt = 2 + Buffer.byteLength(key.keyId);
  const tagAt = ivAt + ivBytes;
  const textAt = tagAt + tagBytes;
  const decipher = createDecipheriv('aes-256-gcm', key.material, ciphertext.subarray(ivAt, tagAt))
    .setAAD(authenticated(context))
    .setAuthTag(ciphertext.subarray(tagAt, textAt));
  try {
    return Buffer.concat([decipher.update(ciphertext.subarray(textAt)), decipher.final()]);
  } catch {
    throw invalid();
  }
};
