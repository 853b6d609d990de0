import type { CreateCertificateProviderRequest, CreateCertificateProviderResponse } from '@aws-sdk/client-iot';
import { alreadyExists, refusalNamed } from '../../refusals.ts';
import { addTags } from '../../registry/tagging.ts';
import { operationsOf } from '../certificate-provider-rules.ts';
import type { IotOperation } from '../operation.ts';

/** Makes the account's one certificate provider; fleet provisioning asks it a few minutes later. */
export const createCertificateProvider: IotOperation<CreateCertificateProviderRequest, CreateCertificateProviderResponse> = (
  { registry, behaviour },
  { certificateProviderName, lambdaFunctionArn, accountDefaultForOperations, tags },
) => {
  const certificateProviderArn = registry.arn('certificateprovider', certificateProviderName);
  if (registry.certificateProviders.has(certificateProviderName)) {
    const existing = { id: certificateProviderName, arn: certificateProviderArn };
    throw alreadyExists(`Certificate provider ${certificateProviderName} already exists.`, existing);
  }
  const operations = operationsOf(accountDefaultForOperations);
  // DG:provisioning-cert-provider: one for each account and region.
  if (registry.certificateProviders.size > 0)
    throw refusalNamed(behaviour['certificate-provider.second-refusal'], 'The account has a certificate provider already.');
  const now = registry.clock.now();
  addTags(registry, certificateProviderArn, tags);
  registry.certificateProviders.set(certificateProviderName, {
    ...{ certificateProviderName, functionArn: lambdaFunctionArn, operations },
    ...{ createdAt: now, modifiedAt: now },
  });
  return { certificateProviderName, certificateProviderArn };
};
