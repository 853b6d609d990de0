import type { KeyObject } from 'node:crypto';
import { constants, verify } from 'node:crypto';
import type { DerElement } from './der-reader.ts';
import { contentOf, DerError, readChildren } from './der-reader.ts';
import { derObjectIdentifier } from './der-writer.ts';

interface SignatureAlgorithm {
  readonly hash: 'sha256' | 'sha384' | 'sha512';
  readonly keyType: 'rsa' | 'ec';
}

/** Algorithms that AWS IoT accepts in signatures (DG:x509-client-certs); DSA left out, because no DSA key is accepted. */
const algorithms: readonly (readonly [string, SignatureAlgorithm])[] = [
  ['1.2.840.113549.1.1.11', { hash: 'sha256', keyType: 'rsa' }],
  ['1.2.840.113549.1.1.12', { hash: 'sha384', keyType: 'rsa' }],
  ['1.2.840.113549.1.1.13', { hash: 'sha512', keyType: 'rsa' }],
  ['1.2.840.10045.4.3.2', { hash: 'sha256', keyType: 'ec' }],
  ['1.2.840.10045.4.3.3', { hash: 'sha384', keyType: 'ec' }],
  ['1.2.840.10045.4.3.4', { hash: 'sha512', keyType: 'ec' }],
];

const hexOf = (dotted: string): string => derObjectIdentifier(dotted).toString('hex');

const byIdentifier = new Map(algorithms.map(([dotted, algorithm]) => [hexOf(dotted), algorithm]));

const rsaPss = hexOf('1.2.840.113549.1.1.10');

const pssHashes = new Map(
  [
    ['2.16.840.1.101.3.4.2.1', 'sha256'],
    ['2.16.840.1.101.3.4.2.2', 'sha384'],
    ['2.16.840.1.101.3.4.2.3', 'sha512'],
  ].map(([dotted = '', hash = '']) => [hexOf(dotted), hash]),
);

// RFC 4055 §3.1: RSASSA-PSS-params starts with [0] hashAlgorithm, whose default is SHA-1, which AWS IoT does not accept.
const pssHashOf = (bytes: Buffer, parameters: DerElement | undefined): string => {
  const hashField = parameters === undefined ? undefined : readChildren(bytes, parameters, 0x30)[0];
  const algorithm = hashField === undefined ? undefined : readChildren(bytes, hashField, 0xa0)[0];
  const identifier = algorithm === undefined ? undefined : readChildren(bytes, algorithm, 0x30)[0];
  const hash = identifier === undefined ? undefined : pssHashes.get(bytes.toString('hex', identifier.start, identifier.end));
  if (hash === undefined) throw new DerError('an RSASSA-PSS signature without SHA-256, SHA-384 or SHA-512');
  return hash;
};

/** Whether that signature over `signed` is the key's, under the AlgorithmIdentifier element given. Throws `DerError` for an algorithm that is not accepted. */
export const isSignatureValid = (
  bytes: Buffer,
  identifier: DerElement,
  { signed, signature, publicKey }: { readonly signed: Buffer; readonly signature: Buffer; readonly publicKey: KeyObject },
): boolean => {
  const [object, parameters] = readChildren(bytes, identifier, 0x30);
  if (object === undefined || contentOf(bytes, object).length === 0) throw new DerError('a signature algorithm is missing');
  const hex = bytes.toString('hex', object.start, object.end);
  if (hex === rsaPss) {
    const key = { key: publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO };
    return verify(pssHashOf(bytes, parameters), signed, key, signature);
  }
  const algorithm = byIdentifier.get(hex);
  if (algorithm === undefined) throw new DerError('the signature algorithm is none of SHA-256, SHA-384 or SHA-512 with RSA or ECDSA');
  return algorithm.keyType === publicKey.asymmetricKeyType && verify(algorithm.hash, signed, publicKey, signature);
};
