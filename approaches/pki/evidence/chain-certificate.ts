import { X509Certificate } from 'node:crypto';
import type { SerialNumber } from '../../../domain/serial-number.ts';
import { isAcceptableKey } from './acceptable-key.ts';
import { type CertificateFields, COMMON_NAME, readCertificateFields } from './certificate-fields.ts';
import { readDer } from './der.ts';

/** A certificate of a chain, with what must be known of it. */
export interface ChainCertificate {
  readonly x509: X509Certificate;
  readonly fields: CertificateFields;
}

/** ECDSA with SHA-256, -384 and -512, and RSA PKCS #1 with the same: no hash that has been broken. */
const SIGNATURE_ALGORITHMS = [
  '2a8648ce3d040302',
  '2a8648ce3d040303',
  '2a8648ce3d040304',
  '2a864886f70d01010b',
  '2a864886f70d01010c',
  '2a864886f70d01010d',
];

const KEY_USAGE = '551d0f';
const BASIC_CONSTRAINTS = '551d13';
/** Those that are looked at here or by OpenSSL, or limit nothing that is asked here: other names and purposes of a device. */
const KNOWN_EXTENSIONS = [KEY_USAGE, BASIC_CONSTRAINTS, '551d11', '551d25'];
const SERIAL_NUMBER = '550405';
const DIGITAL_SIGNATURE = 0x80;
const INTEGER = 0x02;

/** Reads a certificate of a chain, or returns `undefined` where it may not stand in any. */
export const readChainCertificate = (der: Buffer): ChainCertificate | undefined => {
  try {
    const x509 = new X509Certificate(der);
    const fields = readCertificateFields(x509.raw);
    return x509.raw.equals(der) && isSound(x509, fields) ? { x509, fields } : undefined;
  } catch {
    return undefined;
  }
};

// RFC 5280 §6.1.4 (o): what is critical and not understood ends the matter; so do name constraints, which are always critical.
const isSound = (x509: X509Certificate, { signatureAlgorithm, extensions }: CertificateFields): boolean =>
  SIGNATURE_ALGORITHMS.includes(signatureAlgorithm) &&
  [...extensions].every(([type, { isCritical }]) => !isCritical || KNOWN_EXTENSIONS.includes(type)) &&
  isAcceptableKey(x509.publicKey);

/** Whether it is valid at this time, in milliseconds since the epoch; 9999-12-31 is how a vendor says for ever (IEEE 802.1AR §8.7). */
export const isValidAt = ({ x509 }: ChainCertificate, at: number): boolean =>
  at >= Date.parse(x509.validFrom) && at <= Date.parse(x509.validTo);

/** Whether it may be a device's own: no CA, and its key may sign. */
export const isEndEntity = ({ x509, fields }: ChainCertificate): boolean => !x509.ca && maySign(fields);

const maySign = ({ extensions }: CertificateFields): boolean => {
  const usage = extensions.get(KEY_USAGE);
  // BIT STRING: how many bits of its end are unused, then the bits, of which the first is digitalSignature (RFC 5280 §4.2.1.3).
  return usage === undefined || ((readDer(usage.value)[0]?.content[1] ?? 0) & DIGITAL_SIGNATURE) !== 0;
};

/**
 * Whether it may issue certificates with this many other CAs between it and the device. OpenSSL's word on `ca` takes in key
 * usage.
 */
export const mayIssue = ({ x509, fields }: ChainCertificate, casBelow: number): boolean => x509.ca && pathLengthOf(fields) >= casBelow;

const pathLengthOf = ({ extensions }: CertificateFields): number => {
  const constraints = extensions.get(BASIC_CONSTRAINTS);
  if (constraints === undefined) return 0;
  const limit = readDer(readDer(constraints.value)[0]?.content ?? Buffer.alloc(0)).find(({ tag }) => tag === INTEGER);
  return limit === undefined ? Infinity : limit.content.readUIntBE(0, Math.min(limit.content.length, 6));
};

/**
 * The serial number of the device that it was made for. An IDevID names its device by the serialNumber of its subject (IEEE
 * 802.1AR §8.6); vendors without one use the common name. `undefined` where it names none or several.
 */
export const deviceNamedBy = ({ fields }: ChainCertificate): string | undefined => {
  const textsOf = (wanted: string) => fields.subject.filter(({ type }) => type === wanted).map(({ text }) => text);
  const serials = textsOf(SERIAL_NUMBER);
  const names = serials.length > 0 ? serials : textsOf(COMMON_NAME);
  return names.length === 1 ? names[0] : undefined;
};

/** Whether it is this device's. */
export const namesDevice = (certificate: ChainCertificate, serialNumber: SerialNumber): boolean =>
  deviceNamedBy(certificate) === serialNumber;
