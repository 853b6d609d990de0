import type { UpdateDomainConfigurationRequest, UpdateDomainConfigurationResponse } from '@aws-sdk/client-iot';
import { invalidRequest } from '../../refusals.ts';
import type { DomainConfiguration } from '../../registry/domain-configuration.ts';
import type { ValidInput } from '../../valid-input.ts';
import { findOwnDomainConfiguration, putDomainConfiguration } from '../domain-configuration-rules.ts';
import type { IotOperation } from '../operation.ts';

type Input = ValidInput<UpdateDomainConfigurationRequest>;

const authorizerConfigOf = (input: Input, present: DomainConfiguration): DomainConfiguration['authorizerConfig'] => {
  if (input.removeAuthorizerConfig !== true) return input.authorizerConfig ?? present.authorizerConfig;
  if (input.authorizerConfig === undefined) return undefined;
  throw invalidRequest('authorizerConfig cannot be given together with removeAuthorizerConfig.');
};

/** Changes what is given of an endpoint that is not one of the account's default ones. */
export const updateDomainConfiguration: IotOperation<UpdateDomainConfigurationRequest, UpdateDomainConfigurationResponse> = (
  services,
  input,
) => {
  const present = findOwnDomainConfiguration(services, input.domainConfigurationName);
  const status = input.domainConfigurationStatus ?? present.status;
  putDomainConfiguration(services, {
    ...present,
    authorizerConfig: authorizerConfigOf(input, present),
    status,
    statusChangedAt: status === present.status ? present.statusChangedAt : services.registry.clock.now(),
    securityPolicy: input.tlsConfig?.securityPolicy ?? present.securityPolicy,
    serverCertificateConfig: input.serverCertificateConfig ?? present.serverCertificateConfig,
    authenticationType: input.authenticationType ?? present.authenticationType,
    applicationProtocol: input.applicationProtocol ?? present.applicationProtocol,
    clientCertificateCallbackArn: input.clientCertificateConfig?.clientCertificateCallbackArn ?? present.clientCertificateCallbackArn,
  });
  return { domainConfigurationName: present.name, domainConfigurationArn: present.arn };
};
