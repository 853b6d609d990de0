import 'reflect-metadata'; // @peculiar/x509 resolves its parts through it
import { generateKeyPairSync, webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  type Extension,
  type JsonNameParams,
  KeyUsageFlags,
  KeyUsagesExtension,
  Name,
  X509CertificateGenerator,
} from '@peculiar/x509';

const P256 = { name: 'ECDSA', namedCurve: 'P-256' };
export const keyAlgorithms = {
  'P-256': P256,
  'P-384': { name: 'ECDSA', namedCurve: 'P-384' },
  'P-521': { name: 'ECDSA', namedCurve: 'P-521' },
  RSA: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
} as const;

/** A certificate with its key, and the means to issue more. */
export interface Issued {
  readonly pem: string;
  readonly keyPem: string;
  readonly name: JsonNameParams;
  readonly keys: webcrypto.CryptoKeyPair;
  readonly hash: string;
}

export interface CertificateWishes {
  readonly name?: JsonNameParams;
  readonly key?: keyof typeof keyAlgorithms;
  /** Of the issuer's signature. */
  readonly hash?: string;
  /** A CA, over as many CAs at the most; none said means any number. */
  readonly ca?: { readonly over?: number };
  readonly usage?: KeyUsageFlags;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly extensions?: readonly Extension[];
}

const generated = async (kind: keyof typeof keyAlgorithms): Promise<webcrypto.CryptoKeyPair> =>
  await webcrypto.subtle.generateKey(keyAlgorithms[kind], true, ['sign', 'verify']);

const make = async (wishes: CertificateWishes, issuer?: Issued): Promise<Issued> => {
  const { name = [], key = 'P-256', hash = 'SHA-256', ca, usage } = wishes;
  const keys = await generated(key);
  const signer = issuer ?? { name, keys };
  const certificate = await X509CertificateGenerator.create(
    {
      subject: new Name(name),
      issuer: new Name(signer.name),
      publicKey: keys.publicKey,
      signingKey: signer.keys.privateKey,
      signingAlgorithm: { ...signer.keys.privateKey.algorithm, hash },
      notBefore: wishes.notBefore ?? new Date('2020-01-01'),
      notAfter: wishes.notAfter ?? new Date('9999-12-31T23:59:59Z'),
      extensions: [
        ...(ca === undefined ? [] : [new BasicConstraintsExtension(true, ca.over, true)]),
        ...(usage === undefined ? [] : [new KeyUsagesExtension(usage, true)]),
        ...(wishes.extensions ?? []),
      ],
    },
    webcrypto,
  );
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  return {
    pem: `${certificate.toString('pem')}\n`,
    keyPem: `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n`,
    name,
    keys,
    hash,
  };
};

/** The CA of a maker of devices. */
export const aVendorCa = (more: CertificateWishes = {}): Promise<Issued> =>
  make({ name: [{ CN: ['Vendor Root'] }, { O: ['Maker'] }], ca: {}, usage: KeyUsageFlags.keyCertSign, ...more });

/** A CA below another. */
export const aVendorIssuer = (issuer: Issued, more: CertificateWishes = {}): Promise<Issued> =>
  make({ name: [{ CN: ['Vendor Issuer'] }, { O: ['Maker'] }], ca: {}, usage: KeyUsageFlags.keyCertSign, ...more }, issuer);

/** What a maker gives to a device: its IDevID, with the serial number in the subject. */
export const anIDevId = (issuer: Issued, serial: string, more: CertificateWishes = {}): Promise<Issued> =>
  make({ name: [{ CN: ['device'] }, { '2.5.4.5': [serial] }], usage: KeyUsageFlags.digitalSignature, ...more }, issuer);

/** Some key in PKCS#8, of no one's. */
export const aStrangersKey = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
