import type { ApplicationProtocol, AuthenticationType } from '@aws-sdk/client-iot';
import { invalidRequest, limitExceeded, notFound } from '../refusals.ts';
import type { DomainConfiguration } from '../registry/domain-configuration.ts';
import type { IotRegistry } from '../registry/registry.ts';
import { defaultDomainConfigurations } from './default-domain-configurations.ts';
import type { IotServices } from './operation.ts';
import { securityPolicies } from '../registry/security-policies.ts';

/** GR, adjustable. */
const maximumDomainConfigurations = 10;

/** DG:protocols: what each way to authenticate works over. */
const protocolsOf: Readonly<Record<AuthenticationType, readonly ApplicationProtocol[]>> = {
  AWS_X509: ['SECURE_MQTT', 'HTTPS'],
  CUSTOM_AUTH_X509: ['SECURE_MQTT', 'HTTPS'],
  AWS_SIGV4: ['MQTT_WSS', 'HTTPS'],
  CUSTOM_AUTH: ['SECURE_MQTT', 'MQTT_WSS', 'HTTPS'],
  DEFAULT: ['DEFAULT'],
};

/** The configuration of that name, also one of those that every account has, or `ResourceNotFoundException`. */
export const findDomainConfiguration = ({ registry, endpointPrefix }: IotServices, name: string): DomainConfiguration => {
  const found = registry.domainConfigurations.get(name) ?? defaultDomainConfigurations(registry, endpointPrefix).get(name);
  if (found === undefined) throw notFound(`Domain configuration ${name} cannot be found.`);
  return found;
};

/** The same, and its owner made it. */
export const findOwnDomainConfiguration = (services: IotServices, name: string): DomainConfiguration => {
  const found = findDomainConfiguration(services, name);
  if (found.domainType === 'ENDPOINT') throw invalidRequest(`Domain configuration ${name} is a default endpoint, which cannot be changed.`);
  return found;
};

const checkAuthentication = ({ authenticationType, applicationProtocol, clientCertificateCallbackArn }: DomainConfiguration): void => {
  const protocols = protocolsOf[authenticationType];
  if (!protocols.includes(applicationProtocol)) {
    throw invalidRequest(
      `Authentication type ${authenticationType} works with application protocol ${protocols.join(' or ')}, not with ${applicationProtocol}.`,
    );
  }
  const asksForCertificates = authenticationType === 'AWS_X509' || authenticationType === 'CUSTOM_AUTH_X509';
  if (clientCertificateCallbackArn !== undefined && !asksForCertificates) {
    throw invalidRequest(
      `A client certificate callback needs authentication type AWS_X509 or CUSTOM_AUTH_X509, not ${authenticationType}.`,
    );
  }
};

const checkAuthorizer = ({ registry, behaviour }: IotServices, { authorizerConfig }: DomainConfiguration): void => {
  const name = authorizerConfig?.defaultAuthorizerName;
  if (name === undefined || registry.authorizers.has(name) || !behaviour['domain-configuration.wants-existing-authorizer']) return;
  throw invalidRequest(`Authorizer ${name}, the default of the domain configuration, cannot be found.`);
};

const checkName = (registry: IotRegistry, { name, domainName, domainType, serverCertificateArns }: DomainConfiguration): void => {
  if (domainType === 'CUSTOMER_MANAGED' && serverCertificateArns.length !== 1) {
    throw invalidRequest('A domain of your own needs exactly one server certificate in serverCertificateArns.');
  }
  if (serverCertificateArns.length > 1) throw invalidRequest('serverCertificateArns may name one certificate at most.');
  const other = [...registry.domainConfigurations.values()].find((each) => each.domainName === domainName && each.name !== name);
  if (other !== undefined) throw invalidRequest(`Domain ${domainName} belongs to domain configuration ${other.name}.`);
};

/** The older policies are those that some regions had before there was a choice (DG:iot-endpoints-tls-config). */
const checkSecurityPolicy = ({ account: { region } }: IotRegistry, { securityPolicy }: DomainConfiguration): void => {
  const offered = [...securityPolicies].filter(([, { regions }]) => regions?.has(region) ?? true).map(([name]) => name);
  if (offered.includes(securityPolicy)) return;
  throw invalidRequest(`Security policy ${securityPolicy} is unknown in ${region}; it must be one of ${offered.join(', ')}.`);
};

/** Stores a configuration, new or changed, that AWS IoT would store. */
export const putDomainConfiguration = (services: IotServices, configuration: DomainConfiguration): void => {
  const { domainConfigurations } = services.registry;
  checkSecurityPolicy(services.registry, configuration);
  checkAuthentication(configuration);
  checkName(services.registry, configuration);
  checkAuthorizer(services, configuration);
  if (!domainConfigurations.has(configuration.name) && domainConfigurations.size >= maximumDomainConfigurations) {
    throw limitExceeded(`An account has at most ${maximumDomainConfigurations} domain configurations.`);
  }
  domainConfigurations.set(configuration.name, configuration);
};
