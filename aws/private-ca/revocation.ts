import { X509Certificate } from 'node:crypto';
import {
  ACMPCAClient,
  InvalidStateException,
  RequestAlreadyProcessedException,
  ResourceNotFoundException,
  RevokeCertificateCommand,
} from '@aws-sdk/client-acm-pca';
import type { CertificateRevocation } from '../../domain/issuance/issuance-ports.ts';

/** Takes certificates back at an authority of AWS Private CA; its list tells of it about half an hour later. */
export const createPrivateCaRevocation = (client: ACMPCAClient, authorityArn: string): CertificateRevocation => ({
  async revoke(certificatePem) {
    const { serialNumber } = new X509Certificate(certificatePem);
    const command = new RevokeCertificateCommand({
      CertificateAuthorityArn: authorityArn,
      CertificateSerial: serialNumber.toLowerCase(),
      RevocationReason: 'CESSATION_OF_OPERATION',
    });
    try {
      await client.send(command);
    } catch (error) {
      if (!isDone(error)) throw error;
    }
  },
});

// One that AWS IoT signed, or another authority, it does not know; and an authority that was deleted has no list to put it on.
const isDone = (error: unknown): boolean =>
  [ResourceNotFoundException, RequestAlreadyProcessedException, InvalidStateException].some((done) => error instanceof done);

/**
 * What takes certificates back where there is an own authority; `undefined` where its ARN is empty or missing. Nobody waits for it:
 * AWS Private CA takes twenty revocations a second from an account.
 */
export const openCertificateRevocation = (authorityArn = ''): CertificateRevocation | undefined =>
  authorityArn === '' ? undefined : createPrivateCaRevocation(new ACMPCAClient({ maxAttempts: 8 }), authorityArn);
