import type { Caller } from '../../gateway/api-service.ts';
import type { EndpointPort } from '../endpoint/device-endpoint.ts';
import { alpn } from '../endpoint/alpn.ts';
import type { DomainConfiguration } from '../registry/domain-configuration.ts';

/** How clients of an endpoint prove who they are, after port, ALPN and domain configuration had their say. */
export interface Access {
  readonly authenticationType: 'AWS_X509' | 'CUSTOM_AUTH' | 'CUSTOM_AUTH_X509' | 'AWS_SIGV4';
  /** Of the domain configuration, if there is one. */
  readonly authorizerConfig: DomainConfiguration['authorizerConfig'];
  /** Who signed the request, with `AWS_SIGV4`. */
  readonly caller?: Caller;
}

/** The door that a finished TLS handshake came through. */
export interface Door {
  readonly port: EndpointPort;
  /** What both sides agreed on; false without ALPN. */
  readonly alpnProtocol: string | false | null;
  /** The domain configuration behind the name; undefined for the account's default endpoint. */
  readonly domain: DomainConfiguration | undefined;
}

const defaultSpeech = ({ port, alpnProtocol, domain }: Door): Access | 'http' => {
  if (port === 'https') return 'http';
  const authorizerConfig = domain?.authorizerConfig;
  if (port === 'mqtt' || alpnProtocol === alpn.mutualTls) return { authenticationType: 'AWS_X509', authorizerConfig };
  return alpnProtocol === alpn.customAuthentication ? { authenticationType: 'CUSTOM_AUTH', authorizerConfig } : 'http';
};

/**
 * What is spoken behind that door: HTTP, or MQTT with clients authenticated so. A domain configuration with an
 * authentication type of its own makes port and ALPN meaningless (DG:protocols).
 */
export const speechBehind = (door: Door): Access | 'http' => {
  const { domain } = door;
  if (domain === undefined || domain.authenticationType === 'DEFAULT') return defaultSpeech(door);
  if (domain.applicationProtocol !== 'SECURE_MQTT') return 'http';
  return { authenticationType: domain.authenticationType, authorizerConfig: domain.authorizerConfig };
};
