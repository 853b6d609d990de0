import type { CreateDomainConfigurationRequest, CreateDomainConfigurationResponse } from '@aws-sdk/client-iot';
import { alreadyExists, invalidRequest } from '../../refusals.ts';
import type { IotRegistry } from '../../registry/registry.ts';
import { addTags } from '../../registry/tagging.ts';
import { putDomainConfiguration } from '../domain-configuration-rules.ts';
import type { IotOperation } from '../operation.ts';
import { defaultSecurityPolicy } from '../../registry/security-policies.ts';

const lettersAndDigits = (registry: IotRegistry, length: number): string =>
  BigInt(`0x${registry.newId().replaceAll('-', '')}`)
    .toString(36)
    .slice(-length);

/** As in `d01645582h24k4we2vblw-ats.iot.us-west-2.amazonaws.com`. */
const managedDomainName = (registry: IotRegistry): string =>
  `d0${lettersAndDigits(registry, 19)}-ats.iot.${registry.account.region}.amazonaws.com`;

/** Makes an endpoint, which is enabled at once; AWS IoT chooses its name unless `domainName` is given. */
export const createDomainConfiguration: IotOperation<CreateDomainConfigurationRequest, CreateDomainConfigurationResponse> = (
  services,
  input,
) => {
  const { registry } = services;
  const { domainConfigurationName: name, domainName, serviceType = 'DATA' } = input;
  const present = registry.domainConfigurations.get(name);
  if (present !== undefined) throw alreadyExists(`Domain configuration ${name} already exists.`, { id: name, arn: present.arn });
  if (serviceType !== 'DATA') throw invalidRequest(`Service type ${serviceType} is not supported; only DATA is.`);
  const arn = registry.arn('domainconfiguration', `${name}/${lettersAndDigits(registry, 5)}`);
  putDomainConfiguration(services, {
    name,
    arn,
    serviceType,
    domainName: domainName?.toLowerCase() ?? managedDomainName(registry),
    domainType: domainName === undefined ? 'AWS_MANAGED' : 'CUSTOMER_MANAGED',
    serverCertificateArns: input.serverCertificateArns ?? [],
    authorizerConfig: input.authorizerConfig,
    status: 'ENABLED',
    statusChangedAt: registry.clock.now(),
    securityPolicy: input.tlsConfig?.securityPolicy ?? defaultSecurityPolicy,
    serverCertificateConfig: input.serverCertificateConfig,
    authenticationType: input.authenticationType ?? 'DEFAULT',
    applicationProtocol: input.applicationProtocol ?? 'DEFAULT',
    clientCertificateCallbackArn: input.clientCertificateConfig?.clientCertificateCallbackArn,
  });
  addTags(registry, arn, input.tags);
  return { domainConfigurationName: name, domainConfigurationArn: arn };
};
