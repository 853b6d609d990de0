import { X509Certificate } from 'node:crypto';
import { isAcceptableKey } from '../../../approaches/pki/evidence/acceptable-key.ts';
import { keyDigestOf } from '../../../domain/key-digest.ts';
import { OperationError } from '../../../domain/operation-error.ts';
import type { VendorCa } from '../../../domain/vendor-ca.ts';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----/g;

/**
 * What a CA's certificate says of it.
 * @throws OperationError `ERR_INPUT` where it can vouch for nobody.
 */
export const readVendorCa = (pem: string, at: number): Pick<VendorCa, 'certificatePem' | 'keyDigest' | 'notAfter'> => {
  const certificate = certificateIn(pem);
  if (certificate === undefined) throw mistake('is not one certificate in PEM');
  if (!certificate.ca) throw mistake('is not the certificate of a CA');
  if (!isAcceptableKey(certificate.publicKey)) throw mistake('has a key that is neither P-256, P-384 nor RSA of 2048 bits or more');
  const notAfter = Date.parse(certificate.validTo);
  if (at < Date.parse(certificate.validFrom) || at >= notAfter) throw mistake('is expired or not valid yet');
  return {
    certificatePem: certificate.toString(),
    keyDigest: keyDigestOf(certificate.publicKey.export({ type: 'spki', format: 'der' })),
    notAfter,
  };
};

const certificateIn = (pem: string): X509Certificate | undefined => {
  try {
    return pem.match(CERTIFICATE)?.length === 1 ? new X509Certificate(pem) : undefined;
  } catch {
    return undefined;
  }
};

const mistake = (what: string): OperationError =>
  new OperationError(
    'ERR_INPUT',
    `The file ${what}. Give the certificate of the CA that signs the devices' own, as its vendor publishes it.`,
  );
