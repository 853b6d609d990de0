import type { KeyObject } from 'node:crypto';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { CertificationRequest, CertificationRequestInfo } from '@peculiar/asn1-csr';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import {
  AlgorithmIdentifier,
  Attribute,
  AttributeTypeAndValue,
  AttributeValue,
  BasicConstraints,
  Extension,
  Extensions,
  id_ce_basicConstraints,
  Name,
  RelativeDistinguishedName,
  SubjectPublicKeyInfo,
} from '@peculiar/asn1-x509';

export interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

export const ecKeys = (namedCurve = 'P-256'): KeyPair => generateKeyPairSync('ec', { namedCurve });

export const rsaKeys = (modulusLength = 2048): KeyPair => generateKeyPairSync('rsa', { modulusLength });

export interface RequestOptions {
  readonly keys?: KeyPair;
  /** Signs instead of the key that the request shows. */
  readonly signer?: KeyObject;
  readonly commonName?: string;
  /** Asks for BasicConstraints CA:TRUE. */
  readonly asksForAuthority?: boolean;
  readonly hash?: 'sha1' | 'sha256' | 'sha384' | 'sha512';
}

const signatureAlgorithms: Readonly<Record<string, string>> = {
  'ec sha1': '1.2.840.10045.4.1',
  'ec sha256': '1.2.840.10045.4.3.2',
  'ec sha384': '1.2.840.10045.4.3.3',
  'ec sha512': '1.2.840.10045.4.3.4',
  'rsa sha1': '1.2.840.113549.1.1.5',
  'rsa sha256': '1.2.840.113549.1.1.11',
  'rsa sha384': '1.2.840.113549.1.1.12',
  'rsa sha512': '1.2.840.113549.1.1.13',
};

const nameOf = (commonName: string): Name =>
  new Name([
    new RelativeDistinguishedName([new AttributeTypeAndValue({ type: '2.5.4.3', value: new AttributeValue({ utf8String: commonName }) })]),
  ]);

const authorityAttribute = (): Attribute => {
  const constraints = new OctetString(AsnConvert.serialize(new BasicConstraints({ cA: true })));
  const extensions = new Extensions([new Extension({ extnID: id_ce_basicConstraints, critical: true, extnValue: constraints })]);
  return new Attribute({ type: '1.2.840.113549.1.9.14', values: [AsnConvert.serialize(extensions)] });
};

/** A certification request in DER, made by another library than the one under test. */
export const requestDer = (options: RequestOptions = {}): Buffer => {
  const { keys = ecKeys(), commonName = 'device-1', hash = 'sha256' } = options;
  const info = new CertificationRequestInfo({
    subject: nameOf(commonName),
    subjectPKInfo: AsnConvert.parse(keys.publicKey.export({ format: 'der', type: 'spki' }), SubjectPublicKeyInfo),
  });
  if (options.asksForAuthority === true) info.attributes.push(authorityAttribute());
  const signer = options.signer ?? keys.privateKey;
  const algorithm = signatureAlgorithms[`${signer.asymmetricKeyType ?? ''} ${hash}`] ?? '1.3.101.112';
  const signed = Buffer.from(AsnConvert.serialize(info));
  const signature = sign(signer.asymmetricKeyType === 'ed25519' ? null : hash, signed, signer);
  const request = new CertificationRequest({
    certificationRequestInfo: info,
    signatureAlgorithm: new AlgorithmIdentifier({ algorithm }),
    signature: new Uint8Array(signature).buffer,
  });
  return Buffer.from(AsnConvert.serialize(request));
};

export const pem = (label: string, der: Buffer): string =>
  `-----BEGIN ${label}-----\n${(der.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END ${label}-----\n`;

/** A certification request in PEM. */
export const requestPem = (options: RequestOptions = {}): string => pem('CERTIFICATE REQUEST', requestDer(options));

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
