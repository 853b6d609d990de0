import type { DescribeCertificateProviderRequest, DescribeCertificateProviderResponse } from '@aws-sdk/client-iot';
import { findCertificateProvider } from '../certificate-provider-rules.ts';
import type { IotOperation } from '../operation.ts';

/** The certificate provider of that name. */
export const describeCertificateProvider: IotOperation<DescribeCertificateProviderRequest, DescribeCertificateProviderResponse> = (
  { registry },
  input,
) => {
  const { certificateProviderName, functionArn, operations, createdAt, modifiedAt } = findCertificateProvider(
    registry,
    input.certificateProviderName,
  );
  return {
    certificateProviderName,
    certificateProviderArn: registry.arn('certificateprovider', certificateProviderName),
    ...{ lambdaFunctionArn: functionArn, accountDefaultForOperations: [...operations] },
    ...{ creationDate: new Date(createdAt), lastModifiedDate: new Date(modifiedAt) },
  };
};
