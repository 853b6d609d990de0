import { X509Certificate } from 'node:crypto';
import { certificateIdOfDer } from '../../domain/certificate-id.ts';
import type { CertificateId } from '../../domain/identifiers.ts';
import { BadSetupError } from '../bad-setup.ts';

/**
 * How AWS IoT names the certificate in this PEM.
 * @throws BadSetupError when there is none.
 */
export const certificateIdOf = (certificatePem: string): CertificateId => {
  try {
    return certificateIdOfDer(new X509Certificate(certificatePem).raw);
  } catch (cause) {
    throw new BadSetupError("The claim's certificate is no X.509 certificate in PEM.", { cause });
  }
};
