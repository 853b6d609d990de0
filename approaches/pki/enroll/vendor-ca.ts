import { createHash, X509Certificate } from 'node:crypto';
import type { EnrollmentMistake, Requirement } from '../../../domain/enroller.ts';
import { isAcceptableKey } from '../evidence/acceptable-key.ts';
import { namesDevice, readChainCertificate } from '../evidence/chain-certificate.ts';
import { readPkiRequirement } from '../evidence/requirement.ts';
import type { ReadColumn, Row } from './column.ts';
import { readPem } from './pem.ts';

export const VENDOR_CERTIFICATE = 'vendor_certificate';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----/g;
const FINGERPRINT = /^[0-9a-f]{64}$/;

/** The CA that must have vouched for the device, by its key and name; and by its fingerprint the one certificate that will do, if any. */
export const readVendorCa: ReadColumn = async (given, row) => {
  const anchor = await readAnchor(given, row);
  const certificate = await readOwnCertificate(row.valueOf(VENDOR_CERTIFICATE), row);
  if ('fix' in anchor) return anchor;
  if ('fix' in certificate) return certificate;
  return { ...anchor, ...certificate };
};

type Reading = Promise<Requirement | EnrollmentMistake>;

const readAnchor = async (given: string, { readFile }: Row): Reading => {
  const read = await readPem(given, readFile);
  if ('got' in read) return anchorMistake(read.got);
  const certificate = certificateIn(read.pem);
  if (certificate === undefined) return anchorMistake('PEM that does not hold one certificate');
  if (!certificate.ca || !isAcceptableKey(certificate.publicKey))
    return anchorMistake('the certificate of no CA, or with a key of another kind');
  const anchor = {
    vendorCaKey: certificate.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    vendorCaName: certificate.subject,
  };
  return readPkiRequirement(anchor) === undefined ? anchorMistake('a certificate without a usable name') : anchor;
};

const readOwnCertificate = async (given: string, { readFile, device }: Row): Reading => {
  if (given === '') return {};
  if (FINGERPRINT.test(given.toLowerCase())) return { vendorCertificate: given.toLowerCase() };
  const read = await readPem(given, readFile);
  if ('got' in read) return certificateMistake(read.got);
  const raw = certificateIn(read.pem)?.raw;
  const certificate = raw && readChainCertificate(raw);
  if (certificate === undefined) return certificateMistake('PEM that does not hold one certificate of an acceptable kind');
  if (!namesDevice(certificate, device.serialNumber)) return certificateMistake("another device's certificate");
  return { vendorCertificate: createHash('sha256').update(certificate.x509.raw).digest('hex') };
};

const certificateIn = (pem: string): X509Certificate | undefined => {
  try {
    return pem.match(CERTIFICATE)?.length === 1 ? new X509Certificate(pem) : undefined;
  } catch {
    return undefined;
  }
};

const anchorMistake = (got: string): EnrollmentMistake => ({
  what: 'vendor_ca',
  got,
  allowed: "the certificate of the vendor's CA in PEM, its key P-256, P-384 or RSA of 2048 bits or more, or a file that holds it",
  fix: 'take it from the vendor, not from a device',
});

const certificateMistake = (got: string): EnrollmentMistake => ({
  what: VENDOR_CERTIFICATE,
  got,
  allowed:
    "the device's certificate from its vendor in PEM, a file that holds it, or its SHA-256 in 64 hexadecimal digits; it names the serial",
  fix: "give this device's certificate, or leave the field empty to accept any that its vendor gave to this serial",
});
