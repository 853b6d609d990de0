import type { Duplex } from 'node:stream';
import type { DomainConfiguration } from '../../registry/domain-configuration.ts';
import type { Access } from '../access.ts';
import type { BrokerCore } from '../core.ts';
import type { TlsPeer } from '../tls-peer.ts';
import type { UnsignedRequest } from '../../../gateway/unsigned-request.ts';

/** A TLS connection on which HTTP is spoken. */
export interface WebVisit {
  readonly socket: Duplex;
  readonly peer: TlsPeer;
  readonly domain: DomainConfiguration | undefined;
  /** Whether the client came to the port, or by the ALPN name, that asks for its certificate. */
  readonly isMutualTls: boolean;
}

type Protocol = 'MQTT_WSS' | 'HTTPS';

/** The only way in that the domain configuration leaves open; undefined leaves it to the request. */
const fixedType = ({ domain, isMutualTls }: WebVisit): Access['authenticationType'] | undefined => {
  if (domain !== undefined && domain.authenticationType !== 'DEFAULT') return domain.authenticationType;
  return isMutualTls ? 'AWS_X509' : undefined;
};

/**
 * How a request proves who it is (DG:protocols); undefined when it cannot, or not here. Whoever signs nothing and shows no
 * certificate is a case for an authorizer.
 */
export const webAccess = (
  core: BrokerCore,
  visit: WebVisit,
  asked: { readonly request: UnsignedRequest; readonly protocol: Protocol },
): Access | undefined => {
  const { domain, peer } = visit;
  const authorizerConfig = domain?.authorizerConfig;
  const isOtherProtocol = domain !== undefined && domain.applicationProtocol !== 'DEFAULT' && domain.applicationProtocol !== asked.protocol;
  if (isOtherProtocol) return undefined;
  const caller = core.signedCaller(asked.request);
  const authenticationType = fixedType(visit) ?? (caller === 'unsigned' ? 'CUSTOM_AUTH' : 'AWS_SIGV4');
  const takesCertificate = authenticationType === 'AWS_X509' || authenticationType === 'CUSTOM_AUTH_X509';
  // No endpoint has WebSockets for client certificates.
  if (takesCertificate && asked.protocol === 'MQTT_WSS') return undefined;
  const needsName = core.settings.requireServerName || authenticationType !== 'AWS_X509';
  if (needsName && peer.serverName === undefined) return undefined;
  if (authenticationType !== 'AWS_SIGV4') return { authenticationType, authorizerConfig };
  return typeof caller === 'string' ? undefined : { authenticationType, authorizerConfig, caller };
};
