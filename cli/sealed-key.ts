import { createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject, X509Certificate } from 'node:crypto';
import { CompactEncrypt, compactDecrypt } from 'jose';
import * as z from 'zod/mini';
import { CommandError } from './command-error.ts';

const CONTENT_TYPE = 'application/x-pem-file';
const MIN_RSA_BITS = 2048;
const CURVES = ['prime256v1', 'secp384r1', 'secp521r1'];

/** Whom a key is sealed to, and how (RFC 7518 §4). */
export interface Recipient {
  readonly key: KeyObject;
  readonly algorithm: 'ECDH-ES+A256KW' | 'RSA-OAEP-256';
}

/**
 * Reads a public key in PEM or as a JWK, or an X.509 certificate in PEM.
 * @throws CommandError when it is none of them, or a private key: what can open a seal does not belong here.
 */
export const readRecipient = (text: string, path: string): Recipient => {
  if (text.includes('PRIVATE KEY-----') || isPrivateJwk(text))
    throw new CommandError(`${path} holds a private key; --seal-to takes the public one. The private key must stay in the factory.`);
  const key = publicKeyOf(text);
  const algorithm = key && algorithmOf(key);
  if (key === undefined || algorithm === undefined)
    throw new CommandError(
      `${path} is no key to seal to; allowed is a public key (PEM or JWK) or a certificate (PEM), P-256, P-384, P-521 or RSA from 2,048 bits.`,
    );
  return { key, algorithm };
};

/** Encrypts a private key so that only the recipient can read it: a JWE in compact form (RFC 7516 §7.1). */
export const sealKey = async (privateKeyPem: string, { key, algorithm }: Recipient): Promise<string> =>
  new CompactEncrypt(new TextEncoder().encode(privateKeyPem))
    .setProtectedHeader({ alg: algorithm, enc: 'A256GCM', cty: CONTENT_TYPE })
    .encrypt(key);

/**
 * Opens what `sealKey` sealed.
 * @throws CommandError when it was not sealed to this key, was changed since, or is no sealed key.
 */
export const unsealKey = async (sealed: string, privateKeyPem: string): Promise<string> => {
  const key = privateKeyOf(privateKeyPem);
  const options = { keyManagementAlgorithms: ['ECDH-ES+A256KW', 'RSA-OAEP-256'], contentEncryptionAlgorithms: ['A256GCM'] };
  try {
    const { plaintext } = await compactDecrypt(sealed.trim(), key, options);
    const opened = new TextDecoder().decode(plaintext);
    createPrivateKey(opened);
    return opened;
  } catch {
    // Without the cause: an error of a decryption says more than whoever tries keys should know.
    throw new CommandError('The key cannot be unsealed: it was sealed to another key, was changed since, or is no sealed key.');
  }
};

const privateKeyOf = (pem: string): KeyObject => {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new CommandError('--key holds no private key in PEM that can be read without a passphrase.');
  }
};

const publicKeyOf = (text: string): KeyObject | undefined => {
  try {
    if (text.includes('BEGIN CERTIFICATE-----')) return new X509Certificate(text).publicKey;
    const key = jwkOf(text);
    return key === undefined ? createPublicKey(text) : createPublicKey({ key, format: 'jwk' });
  } catch {
    return undefined;
  }
};

const jwk = z.record(z.string(), z.unknown());

const jwkOf = (text: string): JsonWebKey | undefined => (text.trimStart().startsWith('{') ? z.parse(jwk, JSON.parse(text)) : undefined);

const isPrivateJwk = (text: string): boolean => {
  try {
    return jwkOf(text)?.d !== undefined;
  } catch {
    return false;
  }
};

const algorithmOf = ({ asymmetricKeyType, asymmetricKeyDetails = {} }: KeyObject): Recipient['algorithm'] | undefined => {
  const { namedCurve, modulusLength } = asymmetricKeyDetails;
  if (asymmetricKeyType === 'ec' && namedCurve !== undefined && CURVES.includes(namedCurve)) return 'ECDH-ES+A256KW';
  return asymmetricKeyType === 'rsa' && modulusLength !== undefined && modulusLength >= MIN_RSA_BITS ? 'RSA-OAEP-256' : undefined;
};
