import { AwsError } from '../../aws-error.ts';
import type { PendingCertificate, ProvisioningRegistry } from '../provisioning-registry.ts';
import { askProvider, type ProviderCaller, type ProviderEvent } from './certificate-provider-call.ts';
import type { Exchange } from './exchange.ts';
import type { OwnershipTokens } from './ownership-tokens.ts';
import { ProvisioningRefusal, type RefusalCause } from './refusal.ts';
import { readStringMember } from './request-body.ts';

export interface CsrPorts extends ProviderCaller {
  readonly registry: Pick<
    ProvisioningRegistry,
    'issuePendingCertificate' | 'checkRequest' | 'certificateProvider' | 'registerProvidedCertificate'
  >;
  readonly tokens: OwnershipTokens;
}

const refusingAs = <Result>(cause: RefusalCause, act: () => Result): Result => {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new ProvisioningRefusal(cause, { log: error.message, device: error.message });
  }
};

/** The account's provider signs, where there is one; else AWS IoT itself. */
const issue = async (ports: CsrPorts, event: ProviderEvent): Promise<PendingCertificate> => {
  const { registry } = ports;
  const { certificateSigningRequest: request } = event;
  const provider = registry.certificateProvider();
  if (provider === undefined) return refusingAs('csr-refused', () => registry.issuePendingCertificate(request));
  refusingAs('csr-refused', () => {
    registry.checkRequest(request);
  });
  const certificate = await askProvider(ports, provider, event);
  return refusingAs('certificate-provider-failed', () => registry.registerProvidedCertificate({ request, certificate }));
};

/** `$aws/certificates/create-from-csr/<format>` (DG:fleet-provision-api). Every request yields another certificate, even for the same CSR. */
export const createCertificateFromCsr = (ports: CsrPorts): Exchange => ({
  operation: 'CreateCertificateFromCsr',
  members: ['certificateSigningRequest'],
  answer: async ({ body, connection }) => {
    const certificateSigningRequest = readStringMember(body, 'certificateSigningRequest') ?? '';
    if (certificateSigningRequest === '')
      throw new ProvisioningRefusal('csr-missing', { log: 'The request has no certificateSigningRequest' });
    const { principalId, clientId } = connection;
    const certificate = await issue(ports, { certificateSigningRequest, principalId, clientId });
    const { certificateId, certificatePem } = certificate;
    const certificateOwnershipToken = ports.tokens.issue(certificate, connection);
    return { certificateId, payload: { certificateId, certificatePem, certificateOwnershipToken } };
  },
  // That these calls are logged under this name is inferred from the field lists of DG:cwl-format.
  describe: () => ({ eventType: 'GetDeviceCredentials' }),
});
