import type { DomainConfiguration } from '../registry/domain-configuration.ts';

/** How clients of an endpoint prove who they are, after port, ALPN and domain configuration had their say. */
export interface Access {
  readonly authenticationType: 'AWS_X509' | 'CUSTOM_AUTH' | 'CUSTOM_AUTH_X509' | 'AWS_SIGV4';
  /** Of the domain configuration, if there is one. */
  readonly authorizerConfig: DomainConfiguration['authorizerConfig'];
}

/** The door that a finished TLS handshake came through. */
export interface Door {
  /** Whether this is the port where ALPN decides: 443 on AWS. */
  readonly usesAlpn: boolean;
  /** What both sides agreed on; false without ALPN. */
  readonly alpnProtocol: string | false | null;
  /** The domain configuration behind the name; undefined for the account's default endpoint. */
  readonly domain: DomainConfiguration | undefined;
}

/** What the default endpoint speaks to whom (DG:protocols); undefined is not MQTT. */
const defaultAccess = ({ usesAlpn, alpnProtocol, domain }: Door): Access | undefined => {
  const authorizerConfig = domain?.authorizerConfig;
  if (!usesAlpn || alpnProtocol === 'x-amzn-mqtt-ca') return { authenticationType: 'AWS_X509', authorizerConfig };
  return alpnProtocol === 'mqtt' ? { authenticationType: 'CUSTOM_AUTH', authorizerConfig } : undefined;
};

/**
 * How an MQTT client that came through that door is authenticated; undefined when nobody speaks plain MQTT there. A
 * domain configuration with an authentication type of its own makes port and ALPN meaningless (DG:protocols).
 */
export const accessThrough = (door: Door): Access | undefined => {
  const { domain } = door;
  if (domain === undefined || domain.authenticationType === 'DEFAULT') return defaultAccess(door);
  if (domain.applicationProtocol !== 'SECURE_MQTT') return undefined;
  return { authenticationType: domain.authenticationType, authorizerConfig: domain.authorizerConfig };
};
