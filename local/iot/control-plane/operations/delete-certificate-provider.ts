import type { DeleteCertificateProviderRequest } from '@aws-sdk/client-iot';
import { findCertificateProvider } from '../certificate-provider-rules.ts';
import type { IotOperation } from '../operation.ts';

/** Deletes the certificate provider; AWS IoT signs again. */
export const deleteCertificateProvider: IotOperation<DeleteCertificateProviderRequest> = ({ registry }, { certificateProviderName }) => {
  findCertificateProvider(registry, certificateProviderName);
  registry.certificateProviders.delete(certificateProviderName);
  registry.tags.delete(registry.arn('certificateprovider', certificateProviderName));
  return {};
};
