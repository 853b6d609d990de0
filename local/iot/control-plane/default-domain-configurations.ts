import type { DomainConfiguration } from '../registry/domain-configuration.ts';
import type { IotRegistry } from '../registry/registry.ts';
import { endpointAddresses } from './endpoint-addresses.ts';
import { defaultSecurityPolicy } from '../registry/security-policies.ts';

const serviceTypes = [
  ['iot:Data-ATS', 'DATA'],
  ['iot:CredentialProvider', 'CREDENTIAL_PROVIDER'],
  ['iot:Jobs', 'JOBS'],
] as const;

/** The endpoints that every account has, as domain configurations; nobody can change them (SDK UpdateDomainConfiguration). */
export const defaultDomainConfigurations = (registry: IotRegistry, endpointPrefix: string): ReadonlyMap<string, DomainConfiguration> => {
  const addresses = endpointAddresses(endpointPrefix, registry.account.region);
  const entries = serviceTypes.map(([name, serviceType]): [string, DomainConfiguration] => [
    name,
    {
      name,
      serviceType,
      arn: registry.arn('domainconfiguration', name),
      domainName: addresses.get(name) ?? '',
      domainType: 'ENDPOINT',
      serverCertificateArns: [],
      authorizerConfig: undefined,
      status: 'ENABLED',
      statusChangedAt: 0,
      securityPolicy: defaultSecurityPolicy,
      serverCertificateConfig: undefined,
      authenticationType: 'DEFAULT',
      applicationProtocol: 'DEFAULT',
      clientCertificateCallbackArn: undefined,
    },
  ]);
  return new Map(entries);
};
