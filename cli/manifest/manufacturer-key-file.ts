import { createHash, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { PublicJwk } from '../../domain/manufacturer.ts';
import { CommandError } from '../command-error.ts';
import { jwkOf } from './public-jwk.ts';

/** What a file says of a key that is to be registered. */
export interface KeyFile {
  readonly jwk: PublicJwk;
  /** From the certificate, where it is one; milliseconds since the epoch. */
  readonly notBefore?: number;
  readonly notAfter?: number;
  readonly certificateDigest?: string;
}

/**
 * Reads a public key: JWK, PEM, or a certificate in PEM or DER.
 * @throws CommandError where it is none that signs manifests, or a private one.
 */
export const readKeyFile = async (path: string): Promise<KeyFile> => {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new CommandError(`${path} cannot be read (${String(cause)}).`, { cause });
  });
  const text = bytes.toString('latin1');
  const json = parseJson(text);
  if (text.includes('PRIVATE KEY-----') || (json !== undefined && 'd' in json))
    throw new CommandError(
      `${path} holds a private key. It must never leave its owner: have it replaced, and register the public key only.`,
    );
  const certificate = certificateOf(bytes);
  const key = certificate?.publicKey ?? keyOf(text, json);
  const jwk = key && jwkOf(key);
  if (jwk === undefined)
    throw new CommandError(
      `${path} holds no public key that signs manifests: P-256, P-384, Ed25519, or RSA from 2048 bits, as JWK, PEM or certificate.`,
    );
  return { jwk, ...(certificate === undefined ? {} : factsOf(certificate)) };
};

const parseJson = (text: string): object | undefined => {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null ? json : undefined;
  } catch {
    return undefined;
  }
};

const certificateOf = (bytes: Buffer): X509Certificate | undefined => {
  try {
    return new X509Certificate(bytes);
  } catch {
    return undefined;
  }
};

const keyOf = (text: string, json: object | undefined): KeyObject | undefined => {
  try {
    return json === undefined ? createPublicKey(text) : createPublicKey({ key: { ...json }, format: 'jwk' });
  } catch {
    return undefined;
  }
};

const factsOf = (certificate: X509Certificate) => ({
  notBefore: certificate.validFromDate.getTime(),
  notAfter: certificate.validToDate.getTime(),
  certificateDigest: createHash('sha256').update(certificate.raw).digest('base64url'),
});
