import type { KeyObject } from 'node:crypto';
import { createPublicKey } from 'node:crypto';
import { CertificationRequest } from '@peculiar/asn1-csr';
import { AsnConvert } from '@peculiar/asn1-schema';
import { Extensions, type Extension, type Name, type SubjectPublicKeyInfo } from '@peculiar/asn1-x509';
import { keyObjection } from './key-requirements.ts';
import { signatureObjection, type SignedStructure } from './signature-requirements.ts';

/** A PKCS #10 request whose signature proves possession of its key. */
export interface ParsedRequest {
  readonly subject: Name;
  readonly subjectPublicKeyInfo: SubjectPublicKeyInfo;
  /** What it asks for. */
  readonly extensions: readonly Extension[];
}

/** Why a request is none, or is not accepted. */
export interface RequestObjection {
  readonly objection: string;
}

// RFC 2985 §5.4.2: extensionRequest.
const extensionRequest = '1.2.840.113549.1.9.14';

const reject = (objection: string): RequestObjection => ({ objection });

// The parser reads any BER and stops where the request ends; DER has one encoding for each value (X.690 §10), so it is written again and compared.
const parse = (der: Buffer): CertificationRequest | RequestObjection => {
  try {
    const request = AsnConvert.parse(der, CertificationRequest);
    if (Buffer.from(AsnConvert.serialize(request)).equals(der)) return request;
  } catch {
    return reject('it is no CertificationRequest of PKCS #10 (RFC 2986)');
  }
  return reject('it is not encoded in DER, has no attributes, or bytes follow it');
};

const readPublicKey = (info: SubjectPublicKeyInfo): KeyObject | undefined => {
  try {
    return createPublicKey({ key: Buffer.from(AsnConvert.serialize(info)), format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
};

const signedPartsOf = (request: CertificationRequest): SignedStructure => ({
  algorithm: request.signatureAlgorithm,
  signed: Buffer.from(request.certificationRequestInfoRaw ?? new ArrayBuffer(0)),
  signature: Buffer.from(request.signature),
});

const extensionsIn = ({ certificationRequestInfo: { attributes } }: CertificationRequest): readonly Extension[] | undefined => {
  try {
    const asked = attributes.filter(({ type }) => type === extensionRequest).flatMap(({ values }) => values);
    return asked.flatMap((value) => [...AsnConvert.parse(value, Extensions)]);
  } catch {
    return undefined;
  }
};

/** Reads a PKCS #10 request in DER, or says what is wrong with it. */
export const parseRequest = (der: Buffer): ParsedRequest | RequestObjection => {
  const request = parse(der);
  if ('objection' in request) return request;
  const { subject, subjectPKInfo: subjectPublicKeyInfo } = request.certificationRequestInfo;
  const publicKey = readPublicKey(subjectPublicKeyInfo);
  if (publicKey === undefined) return reject('its public key cannot be read');
  const fault = keyObjection(publicKey) ?? signatureObjection(signedPartsOf(request), publicKey);
  if (fault !== undefined) return reject(`it has ${fault}`);
  const extensions = extensionsIn(request);
  return extensions === undefined ? reject('its extension request cannot be read') : { subject, subjectPublicKeyInfo, extensions };
};
