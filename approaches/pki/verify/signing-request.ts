import { createPublicKey, type KeyObject, verify, X509Certificate } from 'node:crypto';
import type { SigningRequests } from '../../../domain/issuance/signing-requests.ts';
import { keyDigestOf } from '../../../domain/key-digest.ts';
import { isAcceptableKey } from '../evidence/acceptable-key.ts';
import { COMMON_NAME, readCertificateFields, type SubjectPart } from '../evidence/certificate-fields.ts';
import { readRequestFields, type RequestFields } from '../evidence/request-fields.ts';
import { certificateIdOfDer } from '../../../domain/certificate-id.ts';

/** AWS IoT reads no longer one (API reference of CreateCertificateFromCsr). */
const MAX_LENGTH = 4_096;
const PEM = /^-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----\s+(?<base64>[A-Za-z0-9+/=\s]+)-----END (?:NEW )?CERTIFICATE REQUEST-----\s*$/;

/** Hash functions by the object identifier of a signature algorithm, in hexadecimal digits (RFC 5758 §3.2, RFC 8017 appendix A.2.4). */
const hashes: Readonly<Record<string, string>> = {
  '2a8648ce3d040302': 'sha256',
  '2a8648ce3d040303': 'sha384',
  '2a8648ce3d040304': 'sha512',
  '2a864886f70d01010b': 'sha256',
  '2a864886f70d01010c': 'sha384',
  '2a864886f70d01010d': 'sha512',
};

/** Reads a signing request (PKCS#10, RFC 2986). */
export const readSigningRequest: SigningRequests['read'] = (csrPem) => {
  const fields = fieldsOf(csrPem);
  const commonName = fields === undefined ? undefined : onlyCommonName(fields.subject);
  if (fields === undefined || commonName === undefined || fields.asksForExtensions) return 'malformed-request';
  const key = publicKeyOf(fields.publicKeyInfo);
  if (key === undefined || !isAcceptableKey(key)) return 'unacceptable-key';
  return isSignedBy(fields, key) ? { commonName, key: keyDigestOf(fields.publicKeyInfo) } : 'malformed-request';
};

export const identifyCertificate: SigningRequests['identify'] = ({ commonName, key }, certificatePem) => {
  try {
    const { publicKey, raw } = new X509Certificate(certificatePem);
    const isOfKey = keyDigestOf(publicKey.export({ type: 'spki', format: 'der' })) === key;
    if (!isOfKey || onlyCommonName(readCertificateFields(raw).subject) !== commonName) return undefined;
    return certificateIdOfDer(raw);
  } catch {
    return undefined;
  }
};

const fieldsOf = (pem: string): RequestFields | undefined => {
  const base64 = pem.length > MAX_LENGTH ? undefined : PEM.exec(pem)?.groups?.['base64'];
  if (base64 === undefined) return undefined;
  try {
    return readRequestFields(Buffer.from(base64, 'base64'));
  } catch {
    return undefined;
  }
};

const onlyCommonName = ([part, ...others]: readonly SubjectPart[]): string | undefined =>
  others.length === 0 && part?.type === COMMON_NAME ? part.text : undefined;

const publicKeyOf = (spki: Buffer): KeyObject | undefined => {
  try {
    return createPublicKey({ key: spki, format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
};

const isSignedBy = ({ signed, signatureAlgorithm, signature }: RequestFields, key: KeyObject): boolean => {
  const hash = hashes[signatureAlgorithm];
  try {
    return hash !== undefined && verify(hash, signed, key, signature);
  } catch {
    return false;
  }
};
