import { constants, createSign, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import * as z from 'zod/mini';
import { keyIdOf, type ManufacturerKey, manufacturerName, publicJwk } from '../../domain/manufacturer.ts';
import { NOON } from './enrollment.ts';
import { aLine } from './identifiers.ts';

const DAY_MS = 86_400_000;

export type TestAlgorithm = 'ES256' | 'ES384' | 'PS256' | 'RS256' | 'EdDSA';

const makers: Record<TestAlgorithm, () => { readonly publicKey: KeyObject; readonly privateKey: KeyObject }> = {
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ES384: () => generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  PS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  EdDSA: () => generateKeyPairSync('ed25519'),
};

export interface ManufacturerWishes {
  readonly name?: string;
  readonly algorithm?: TestAlgorithm;
  readonly lines?: readonly string[];
  readonly notBefore?: number;
  readonly notAfter?: number;
  readonly certificateDigest?: string;
}

/** A manufacturer with a key of their own: what is registered of it, and what signs. */
export const aManufacturer = (wishes: ManufacturerWishes = {}) => {
  const { name = 'acme-works', algorithm = 'ES256', lines = ['sensor', 'gateway'] } = wishes;
  const { publicKey, privateKey } = makers[algorithm]();
  const jwk = z.parse(publicJwk, publicKey.export({ format: 'jwk' }));
  const key: ManufacturerKey = {
    ...{ name: z.parse(manufacturerName, name), kid: keyIdOf(jwk), jwk },
    notBefore: wishes.notBefore ?? NOON - DAY_MS,
    notAfter: wishes.notAfter ?? NOON + 3650 * DAY_MS,
    lines: lines.map(aLine),
    ...(wishes.certificateDigest === undefined ? {} : { certificateDigest: wishes.certificateDigest }),
  };
  return { key, algorithm, publicKey, privateKey };
};

export type TestManufacturer = ReturnType<typeof aManufacturer>;

const base64url = (value: object | string | Buffer): string =>
  (Buffer.isBuffer(value) ? value : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))).toString('base64url');

/** A detached JWS over a text, made as RFC 7515 §5.1 says; `header` replaces members of the protected header. */
export const signDetached = (
  { key, algorithm, privateKey }: TestManufacturer,
  text: string | Buffer,
  header: Readonly<Record<string, unknown>> = {},
): string => {
  const members: Readonly<Record<string, unknown>> = { alg: algorithm, kid: key.kid, b64: false, crit: ['b64'], ...header };
  const protectedText = base64url(Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)));
  const payload = members['b64'] === false ? Buffer.from(text) : Buffer.from(base64url(Buffer.from(text)));
  return `${protectedText}..${base64url(signatureOf(algorithm, privateKey, Buffer.concat([Buffer.from(`${protectedText}.`), payload])))}`;
};

const signatureOf = (algorithm: TestAlgorithm, key: KeyObject, bytes: Buffer): Buffer => {
  switch (algorithm) {
    case 'ES256':
      return createSign('sha256').update(bytes).sign({ key, dsaEncoding: 'ieee-p1363' });
    case 'ES384':
      return createSign('sha384').update(bytes).sign({ key, dsaEncoding: 'ieee-p1363' });
    case 'PS256':
      return createSign('sha256').update(bytes).sign({ key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 });
    case 'RS256':
      return createSign('sha256').update(bytes).sign(key);
    case 'EdDSA':
      return sign(undefined, bytes, key);
  }
};
