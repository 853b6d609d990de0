import type { ListCertificateProvidersRequest, ListCertificateProvidersResponse } from '@aws-sdk/client-iot';
import type { IotOperation } from '../operation.ts';
import { pageOf } from '../page.ts';

/** The account's certificate provider, if it has one. */
export const listCertificateProviders: IotOperation<ListCertificateProvidersRequest, ListCertificateProvidersResponse> = (
  { registry },
  { nextToken, ascendingOrder },
) => {
  const page = pageOf(registry.certificateProviders.keys(), (name) => name, {
    ...{ token: nextToken, limit: undefined, isDescending: ascendingOrder === false },
  });
  const certificateProviders = page.items.map((certificateProviderName) => ({
    certificateProviderName,
    certificateProviderArn: registry.arn('certificateprovider', certificateProviderName),
  }));
  return { certificateProviders, nextToken: page.nextToken };
};
