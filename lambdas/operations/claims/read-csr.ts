import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { CertificationRequest } from '@peculiar/asn1-csr';
import { AsnConvert } from '@peculiar/asn1-schema';
import type { KeyDigest } from '../../../domain/identifiers.ts';
import { keyDigestOf } from '../../../domain/key-digest.ts';
import { OperationError } from '../../../domain/operation-error.ts';

const PEM = /^-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----\s+(?<base64>[A-Za-z0-9+/=\s]+)-----END (?:NEW )?CERTIFICATE REQUEST-----\s*$/;
const MIN_RSA_BITS = 2048;
const CURVES = ['prime256v1', 'secp384r1'];

/** Hash functions by the object identifier of a signature algorithm (RFC 5758 §3.2, RFC 8017 appendix A.2.4). */
const hashes: Readonly<Record<string, string>> = {
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
};

/**
 * The digest of the key in a certificate signing request (PKCS#10, RFC 2986).
 * @throws OperationError `ERR_INPUT` when it is none, its key is none that AWS IoT and we accept, or its maker does not hold that key.
 */
export const readCsrKey = (pem: string): KeyDigest => {
  const request = parse(pem);
  const spki = Buffer.from(AsnConvert.serialize(request.certificationRequestInfo.subjectPKInfo));
  const key = publicKeyOf(spki);
  if (key === undefined || !isAcceptable(key)) throw refused('its key is none of P-256, P-384 and RSA from 2,048 bits');
  if (!isSignedBy(request, key)) throw refused('it is not signed by the key that it is for');
  return keyDigestOf(spki);
};

const refused = (why: string): OperationError =>
  new OperationError('ERR_INPUT', `csrPem: ${why}; allowed is a certificate signing request in PEM, as "muster claims create" makes it.`);

const parse = (pem: string): CertificationRequest => {
  const base64 = PEM.exec(pem)?.groups?.['base64'];
  if (base64 === undefined) throw refused('it is no certificate signing request');
  try {
    return AsnConvert.parse(Buffer.from(base64, 'base64'), CertificationRequest);
  } catch {
    throw refused('it cannot be read');
  }
};

const publicKeyOf = (spki: Buffer): KeyObject | undefined => {
  try {
    return createPublicKey({ key: spki, format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
};

const isAcceptable = ({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean => {
  const { namedCurve, modulusLength } = asymmetricKeyDetails ?? {};
  if (asymmetricKeyType === 'ec') return namedCurve !== undefined && CURVES.includes(namedCurve);
  return asymmetricKeyType === 'rsa' && modulusLength !== undefined && modulusLength >= MIN_RSA_BITS;
};

const isSignedBy = ({ certificationRequestInfoRaw, signatureAlgorithm, signature }: CertificationRequest, key: KeyObject): boolean => {
  const hash = hashes[signatureAlgorithm.algorithm];
  if (hash === undefined || certificationRequestInfoRaw === undefined) return false;
  return verify(hash, Buffer.from(certificationRequestInfoRaw), key, Buffer.from(signature));
};
