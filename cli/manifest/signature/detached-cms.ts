import { createHash, createPublicKey, type Hash, timingSafeEqual, verify, X509Certificate } from 'node:crypto';
import { Certificate, ContentInfo, SignedData, type SignerInfo } from 'pkijs';
import { keyIdOf, type ManufacturerKey } from '../../../domain/manufacturer.ts';
import { CommandError } from '../../command-error.ts';
import { jwkOf } from '../public-jwk.ts';
import type { RegisteredKeys } from '../registered-keys.ts';
import type { ManifestSignature } from './manifest-signature.ts';

const SIGNED_DATA = '1.2.840.113549.1.7.2';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const CONTENT_TYPE = '1.2.840.113549.1.9.3';

// RFC 5754 §2; anything weaker is refused.
const digests = new Map([
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
]);

// RFC 5754 §3.2 and §3.3: with ECDSA, the algorithm names the hash; `rsaEncryption` leaves it to the digest's.
const signatureHashes = new Map([
  ['1.2.840.10045.4.3.2', 'sha256'],
  ['1.2.840.10045.4.3.3', 'sha384'],
  ['1.2.840.113549.1.1.11', 'sha256'],
  ['1.2.840.113549.1.1.12', 'sha384'],
  ['1.2.840.113549.1.1.13', 'sha512'],
]);
const RSA_ENCRYPTION = '1.2.840.113549.1.1.1';

/**
 * A detached CMS signature (RFC 5652 §5) with one signer and signed attributes, in DER or PEM. Who signed is decided by the
 * registered key alone; certificates in it only help to find that.
 * @throws CommandError where it is none that is accepted, or nobody registered its key.
 */
export const readDetachedCms = (path: string, bytes: Buffer, keys: RegisteredKeys): ManifestSignature => {
  const signed = parse(path, bytes);
  const [signer, ...others] = signed.signerInfos;
  if (signer === undefined || others.length > 0) throw refused(path, 'it needs exactly one signer');
  if (signed.encapContentInfo.eContent !== undefined) throw refused(path, 'it contains what it signs; make it detached');
  const { digestName, attributes, expected } = readSigner(path, signer);
  const key = signerKey(path, { signer, attributes, digestName }, candidates(signed, keys));
  const hash = createHash(digestName);
  return { kid: key.kid, key, check: { update: (chunk) => void hash.update(chunk), isRight: () => isEqual(hash, expected) } };
};

const refused = (path: string, problem: string, cause?: unknown): CommandError =>
  new CommandError(`${path} is no CMS signature that is accepted: ${problem}. Nothing was sent.`, { cause });

const parse = (path: string, bytes: Buffer): SignedData => {
  try {
    const info = ContentInfo.fromBER(derOf(bytes));
    if (info.contentType === SIGNED_DATA) return new SignedData({ schema: info.content });
  } catch (cause) {
    throw refused(path, 'it is neither DER nor PEM of a SignedData', cause);
  }
  throw refused(path, 'it is no SignedData');
};

const derOf = (bytes: Buffer): ArrayBuffer => {
  const body = /-----BEGIN (?:CMS|PKCS7)-----([A-Za-z0-9+/=\s]+)-----END (?:CMS|PKCS7)-----/.exec(bytes.toString('latin1'))?.[1];
  return Uint8Array.from(body === undefined ? bytes : Buffer.from(body, 'base64')).buffer;
};

interface ReadSigner {
  readonly digestName: string;
  /** The signed attributes as they were signed: a SET, in DER (RFC 5652 §5.4). */
  readonly attributes: Uint8Array;
  /** What the content's digest must be. */
  readonly expected: Buffer;
}

const readSigner = (path: string, signer: SignerInfo): ReadSigner => {
  const digestName = digests.get(signer.digestAlgorithm.algorithmId);
  if (digestName === undefined) throw refused(path, 'its digest is none of SHA-256, SHA-384 and SHA-512');
  const { signedAttrs } = signer;
  // RFC 5652 §11: without them, attributes of one message could be passed off as another message.
  if (signedAttrs?.attributes.some(({ type }) => type === CONTENT_TYPE) !== true) throw refused(path, 'it has no signed attributes');
  const values: readonly unknown[] = signedAttrs.attributes.find(({ type }) => type === MESSAGE_DIGEST)?.values ?? [];
  return { digestName, attributes: new Uint8Array(signedAttrs.encodedValue), expected: octetsOf(path, values[0]) };
};

const isOctets = (value: unknown): value is Uint8Array => ArrayBuffer.isView(value);

const octetsOf = (path: string, value: unknown): Buffer => {
  const block: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'valueBlock') : undefined;
  const octets: unknown = typeof block === 'object' && block !== null ? Reflect.get(block, 'valueHexView') : undefined;
  if (!isOctets(octets)) throw refused(path, 'it says no digest of what it signs');
  return Buffer.from(octets);
};

// With certificates, those of registered keys; without, any registered key may be the one.
const candidates = (signed: SignedData, keys: RegisteredKeys): readonly ManufacturerKey[] => {
  const certificates = (signed.certificates ?? []).filter((item): item is Certificate => item instanceof Certificate);
  if (certificates.length === 0) return keys;
  const named = certificates.flatMap((certificate) => {
    const jwk = jwkOf(new X509Certificate(Buffer.from(certificate.toSchema().toBER())).publicKey);
    return jwk === undefined ? [] : [keyIdOf(jwk)];
  });
  return keys.filter(({ kid }) => named.includes(kid));
};

interface AttributeSignature {
  readonly signer: SignerInfo;
  readonly attributes: Uint8Array;
  readonly digestName: string;
}

const signerKey = (
  path: string,
  { signer, attributes, digestName }: AttributeSignature,
  keys: readonly ManufacturerKey[],
): ManufacturerKey => {
  const algorithm = signer.signatureAlgorithm.algorithmId;
  const hash = algorithm === RSA_ENCRYPTION ? digestName : signatureHashes.get(algorithm);
  if (hash === undefined) throw refused(path, 'its signature is neither ECDSA nor RSA (PKCS #1 v1.5) with SHA-2');
  const kind = algorithm.startsWith('1.2.840.10045') ? 'EC' : 'RSA';
  const signature = Buffer.from(signer.signature.valueBlock.valueHexView);
  const made = ({ jwk }: ManufacturerKey) =>
    jwk.kty === kind && verify(hash, attributes, createPublicKey({ key: jwk, format: 'jwk' }), signature);
  const key = keys.find(made);
  if (key !== undefined) return key;
  throw new CommandError(
    `${path} was made with no key that is registered. If it is a manufacturer's: muster manufacturers add <name> --key <certificate or public key>`,
  );
};

const isEqual = (hash: Hash, expected: Buffer): boolean => {
  const digest = hash.digest();
  return digest.length === expected.length && timingSafeEqual(digest, expected);
};
