import { IoTClient, ListCertificateProvidersCommand } from '@aws-sdk/client-iot';
import type { CertificateProviders } from '../../domain/issuance/certificate-providers.ts';

/** The certificate providers of this account and region, by the control plane of AWS IoT. */
export const createIotCertificateProviders = (client = new IoTClient()): CertificateProviders => ({
  // One page: there can be one.
  async list() {
    const { certificateProviders = [] } = await client.send(new ListCertificateProvidersCommand({}));
    return certificateProviders.flatMap(({ certificateProviderName }) => certificateProviderName ?? []);
  },
});
