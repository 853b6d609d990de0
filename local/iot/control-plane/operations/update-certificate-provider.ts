import type { UpdateCertificateProviderRequest, UpdateCertificateProviderResponse } from '@aws-sdk/client-iot';
import { findCertificateProvider, operationsOf } from '../certificate-provider-rules.ts';
import type { IotOperation } from '../operation.ts';

/** Changes the function or the operations of a certificate provider. */
export const updateCertificateProvider: IotOperation<UpdateCertificateProviderRequest, UpdateCertificateProviderResponse> = (
  { registry },
  { certificateProviderName, lambdaFunctionArn, accountDefaultForOperations },
) => {
  const provider = findCertificateProvider(registry, certificateProviderName);
  registry.certificateProviders.set(certificateProviderName, {
    ...provider,
    functionArn: lambdaFunctionArn ?? provider.functionArn,
    operations: accountDefaultForOperations === undefined ? provider.operations : operationsOf(accountDefaultForOperations),
    modifiedAt: registry.clock.now(),
  });
  return { certificateProviderName, certificateProviderArn: registry.arn('certificateprovider', certificateProviderName) };
};
