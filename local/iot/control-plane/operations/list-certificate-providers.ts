import type { ListCertificateProvidersRequest, ListCertificateProvidersResponse } from '@aws-sdk/client-iot';
import type { IotOperation } from '../operation.ts';

/** There is none: AWS IoT signs certificates itself. */
export const listCertificateProviders: IotOperation<ListCertificateProvidersRequest, ListCertificateProvidersResponse> = () => ({
  certificateProviders: [],
});
