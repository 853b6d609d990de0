import { createHash, X509Certificate } from 'node:crypto';
import type { CertificateId } from '../domain/identifiers.ts';
import { BadSetupError } from './bad-setup.ts';

/**
 * How AWS IoT names the certificate in this PEM.
 * @throws BadSetupError when there is none.
 */
export const certificateIdOf = (certificatePem: string): CertificateId => {
  try {
    // A digest has the form of a certificate id by its making.
    return createHash('sha256').update(new X509Certificate(certificatePem).raw).digest('hex') as CertificateId;
  } catch (cause) {
    throw new BadSetupError("The claim's certificate is no X.509 certificate in PEM.", { cause });
  }
};
