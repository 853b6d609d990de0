import type { KeyObject } from 'node:crypto';
import { constants, createHash, generateKeyPairSync, sign } from 'node:crypto';
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
  /** The common name's value in DER, instead of `commonName` in UTF-8. */
  readonly commonNameDer?: Buffer;
  /** Asks for BasicConstraints CA:TRUE. */
  readonly asksForAuthority?: boolean;
  readonly hash?: 'sha1' | 'sha256' | 'sha384' | 'sha512';
  /** Signs with RSASSA-PSS, SHA-256 and a salt of 32 octets. */
  readonly usesPss?: boolean;
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

const nameOf = ({ commonName = 'device-1', commonNameDer }: RequestOptions): Name => {
  const value = commonNameDer === undefined ? { utf8String: commonName } : { anyValue: new Uint8Array(commonNameDer).buffer };
  return new Name([new RelativeDistinguishedName([new AttributeTypeAndValue({ type: '2.5.4.3', value: new AttributeValue(value) })])]);
};

const authorityAttribute = (): Attribute => {
  const constraints = new OctetString(AsnConvert.serialize(new BasicConstraints({ cA: true })));
  const extensions = new Extensions([new Extension({ extnID: id_ce_basicConstraints, critical: true, extnValue: constraints })]);
  return new Attribute({ type: '1.2.840.113549.1.9.14', values: [AsnConvert.serialize(extensions)] });
};

const signPlainly = (signed: Buffer, signer: KeyObject, hash: string) => ({
  algorithm: new AlgorithmIdentifier({ algorithm: signatureAlgorithms[`${signer.asymmetricKeyType ?? ''} ${hash}`] ?? '1.3.101.112' }),
  signature: sign(signer.asymmetricKeyType === 'ed25519' ? null : hash, signed, signer),
});

// RFC 4055 §3.1: SHA-256, MGF1 with SHA-256, salt of 32 octets.
const pssParameters = '3034a00f300d06096086480165030402010500a11c301a06092a864886f70d010108300d06096086480165030402010500a203020120';

const signPss = (signed: Buffer, key: KeyObject) => ({
  algorithm: new AlgorithmIdentifier({
    algorithm: '1.2.840.113549.1.1.10',
    parameters: new Uint8Array(Buffer.from(pssParameters, 'hex')).buffer,
  }),
  signature: sign('sha256', signed, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }),
});

/** A certification request in DER. */
export const requestDer = (options: RequestOptions = {}): Buffer => {
  const { keys = ecKeys(), hash = 'sha256' } = options;
  const info = new CertificationRequestInfo({
    subject: nameOf(options),
    subjectPKInfo: AsnConvert.parse(keys.publicKey.export({ format: 'der', type: 'spki' }), SubjectPublicKeyInfo),
  });
  if (options.asksForAuthority === true) info.attributes.push(authorityAttribute());
  const signer = options.signer ?? keys.privateKey;
  const signed = Buffer.from(AsnConvert.serialize(info));
  const { algorithm, signature } = options.usesPss === true ? signPss(signed, signer) : signPlainly(signed, signer, hash);
  const request = new CertificationRequest({
    certificationRequestInfo: info,
    signatureAlgorithm: algorithm,
    signature: new Uint8Array(signature).buffer,
  });
  return Buffer.from(AsnConvert.serialize(request));
};

export const pem = (label: string, der: Buffer): string =>
  `-----BEGIN ${label}-----\n${(der.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END ${label}-----\n`;

/** A certification request in PEM. */
export const requestPem = (options: RequestOptions = {}): string => pem('CERTIFICATE REQUEST', requestDer(options));

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
