import type { DeleteDomainConfigurationRequest } from '@aws-sdk/client-iot';
import { invalidRequest } from '../../refusals.ts';
import { findOwnDomainConfiguration } from '../domain-configuration-rules.ts';
import type { IotOperation } from '../operation.ts';

const sevenDaysMs = 7 * 24 * 3600 * 1000;

/** Deletes an endpoint; one whose name AWS IoT chose only after seven days without use (DG:iot-custom-endpoints-managing). */
export const deleteDomainConfiguration: IotOperation<DeleteDomainConfigurationRequest> = (services, { domainConfigurationName }) => {
  const { registry, behaviour } = services;
  const { name, arn, status, statusChangedAt, domainType } = findOwnDomainConfiguration(services, domainConfigurationName);
  if (status === 'ENABLED' && behaviour['domain-configuration.deletion-wants-disabled']) {
    throw invalidRequest(`Domain configuration ${name} is enabled. Set its status to DISABLED first.`);
  }
  if (domainType === 'AWS_MANAGED' && registry.clock.now() - statusChangedAt < sevenDaysMs) {
    throw invalidRequest('AWS Managed Domain Configuration must be disabled for at least 7 days before it can be deleted');
  }
  registry.domainConfigurations.delete(name);
  registry.tags.delete(arn);
  return {};
};
