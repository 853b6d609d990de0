import { AwsError } from '../../aws-error.ts';
import type { PendingCertificate, ProvisioningRegistry } from '../provisioning-registry.ts';
import type { Exchange } from './exchange.ts';
import type { OwnershipTokens } from './ownership-tokens.ts';
import { ProvisioningRefusal } from './refusal.ts';
import { readStringMember } from './request-body.ts';

export interface CsrPorts {
  readonly registry: Pick<ProvisioningRegistry, 'issuePendingCertificate'>;
  readonly tokens: OwnershipTokens;
}

function issue(registry: CsrPorts['registry'], csr: string): PendingCertificate {
  try {
    return registry.issuePendingCertificate(csr);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new ProvisioningRefusal('csr-refused', { log: error.message, device: error.message });
  }
}

/** `$aws/certificates/create-from-csr/<format>` (DG:fleet-provision-api). Every request yields another certificate, even for the same CSR. */
export const createCertificateFromCsr = ({ registry, tokens }: CsrPorts): Exchange => ({
  operation: 'CreateCertificateFromCsr',
  members: ['certificateSigningRequest'],
  answer: ({ body, connection }) =>
    // A promise of its own, so that refusals reject instead of throwing.
    new Promise((resolve) => {
      const csr = readStringMember(body, 'certificateSigningRequest') ?? '';
      if (csr === '') throw new ProvisioningRefusal('csr-missing', { log: 'The request has no certificateSigningRequest' });
      const certificate = issue(registry, csr);
      const { certificateId, certificatePem } = certificate;
      const certificateOwnershipToken = tokens.issue(certificate, connection);
      resolve({ certificateId, payload: { certificateId, certificatePem, certificateOwnershipToken } });
    }),
  // That these calls are logged under this name is inferred from the field lists of DG:cwl-format.
  describe: () => ({ eventType: 'GetDeviceCredentials' }),
});
