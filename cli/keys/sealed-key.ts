import { createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject, X509Certificate } from 'node:crypto';
import { CompactEncrypt, compactDecrypt } from 'jose';
import * as z from 'zod/mini';
import {
  recipientJwk,
  type RecipientJwk,
  SEAL_ENCRYPTION,
  type SealAlgorithm,
  sealAlgorithmOf,
  sealAlgorithms,
} from '../../domain/sealing.ts';
import { CommandError } from '../command-error.ts';

const CONTENT_TYPE = 'application/x-pem-file';

/** Whom a key is sealed to, and how (RFC 7518 §4). */
export interface Recipient {
  readonly key: KeyObject;
  readonly algorithm: SealAlgorithm;
}

/**
 * Reads a public key in PEM or as a JWK, or an X.509 certificate in PEM.
 * @throws CommandError when it is none of them, or a private key: what can open a seal does not belong here.
 */
export const readRecipient = (text: string, path: string): Recipient => {
  if (text.includes('PRIVATE KEY-----') || isPrivateJwk(text))
    throw new CommandError(`${path} holds a private key; --seal-to takes the public one. The private key must stay in the factory.`);
  const key = publicKeyOf(text);
  const algorithm = key && sealAlgorithmOf(key);
  if (key === undefined || algorithm === undefined)
    throw new CommandError(
      `${path} is no key to seal to; allowed is a public key (PEM or JWK) or a certificate (PEM), P-256, P-384, P-521 or RSA from 2,048 bits.`,
    );
  return { key, algorithm };
};

/** Encrypts a private key so that only the recipient can read it: a JWE in compact form (RFC 7516 §7.1). */
export const sealKey = async (privateKeyPem: string, { key, algorithm }: Recipient): Promise<string> =>
  new CompactEncrypt(new TextEncoder().encode(privateKeyPem))
    .setProtectedHeader({ alg: algorithm, enc: SEAL_ENCRYPTION, cty: CONTENT_TYPE })
    .encrypt(key);

/**
 * Opens what `sealKey` sealed.
 * @throws CommandError when it was not sealed to this key, was changed since, or is no sealed key.
 */
export const unsealKey = async (sealed: string, privateKeyPem: string): Promise<string> => {
  const opened = await unseal(sealed, readPrivateKey(privateKeyPem));
  if (opened === undefined || !isPrivateKey(opened))
    throw new CommandError('The key cannot be unsealed: it was sealed to another key, was changed since, or is no sealed key.');
  return opened;
};

/** Opens a JWE in compact form; `undefined`, without a cause, where that cannot be: an error of a decryption says more than who tries keys should know. */
export const unseal = async (sealed: string, key: KeyObject): Promise<string | undefined> => {
  const options = { keyManagementAlgorithms: [...sealAlgorithms], contentEncryptionAlgorithms: [SEAL_ENCRYPTION] };
  try {
    const { plaintext } = await compactDecrypt(sealed.trim(), key, options);
    return new TextDecoder().decode(plaintext);
  } catch {
    return undefined;
  }
};

/** The public key that something is sealed to, as it is told to whoever seals. */
export const recipientJwkOf = ({ key }: Recipient): RecipientJwk => z.parse(recipientJwk, key.export({ format: 'jwk' }));

const isPrivateKey = (pem: string): boolean => {
  try {
    createPrivateKey(pem);
    return true;
  } catch {
    return false;
  }
};

/** @throws CommandError when it is none that opens without a passphrase. */
export const readPrivateKey = (pem: string): KeyObject => {
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
