import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';

import type { AuthenticationFailure } from '../directory.ts';
import type { EndpointPort } from '../endpoint/device-endpoint.ts';
import { serverNameOf } from '../endpoint/server-name.ts';
import { alpn } from '../endpoint/alpn.ts';
import type { DomainConfiguration } from '../registry/domain-configuration.ts';
import { type Access, speechBehind } from './access.ts';
import { logAuthenticationFailure } from './connection-log.ts';
import type { BrokerCore } from './core.ts';
import { serveConnection } from './serve-connection.ts';
import type { TlsPeer } from './tls-peer.ts';
import { Transport } from './transport.ts';
import type { WebDoor } from './web/web-door.ts';

/** The addresses may be gone already when the client was quick to hang up. */
const peerOf = (socket: TLSSocket): TlsPeer => ({
  certificateDer: socket.getPeerX509Certificate()?.raw,
  sourceIp: socket.remoteAddress ?? '',
  sourcePort: socket.remotePort ?? 0,
  targetPort: socket.localPort ?? 0,
  serverName: serverNameOf(socket),
});

/** What is clear before any MQTT is read: the name that a client must ask for, the certificate that it must show. */
const judgeHandshake = (core: BrokerCore, { certificateDer, serverName }: TlsPeer, access: Access): AuthenticationFailure | undefined => {
  // Custom authentication always needs the endpoint's name (DG:custom-auth-troubleshooting).
  const needsName = core.settings.requireServerName || access.authenticationType !== 'AWS_X509';
  const needsCertificate = access.authenticationType === 'AWS_X509' || access.authenticationType === 'CUSTOM_AUTH_X509';
  const isLacking = (needsName && serverName === undefined) || (needsCertificate && certificateDer === undefined);
  return isLacking ? 'NOT_AUTHENTICATED' : undefined;
};

const refuse = (core: BrokerCore, socket: TLSSocket, refused: Parameters<typeof logAuthenticationFailure>[2]): void => {
  socket.on('error', () => undefined);
  logAuthenticationFailure(core, peerOf(socket), refused);
  new Transport(socket, core.clock).close();
};

/** The certificate and what vouches for it, as far as the client sent it. */
const chainOf = (socket: TLSSocket): readonly X509Certificate[] => {
  const chain: X509Certificate[] = [];
  let next = socket.getPeerX509Certificate();
  while (next !== undefined && !chain.some(({ raw }) => raw.equals(next?.raw ?? raw))) {
    chain.push(next);
    next = next.issuerCertificate;
  }
  return chain;
};

interface Visitor {
  readonly socket: TLSSocket;
  readonly peer: TlsPeer;
  readonly domain: DomainConfiguration | undefined;
  readonly port: EndpointPort;
  readonly web: WebDoor;
}

const enter = (core: BrokerCore, { socket, peer, domain, port, web }: Visitor): void => {
  const { alpnProtocol } = socket;
  const speech = speechBehind({ port, alpnProtocol, domain });
  if (speech === 'http') {
    web.accept({ socket, peer, domain, isMutualTls: port === 'https' || alpnProtocol === alpn.mutualTlsHttp });
    return;
  }
  const reason = judgeHandshake(core, peer, speech);
  if (reason === undefined) serveConnection(core, { transport: new Transport(socket, core.clock, core.openGate), peer, access: speech });
  else refuse(core, socket, { isAuthenticated: false, reason, authenticationType: speech.authenticationType });
};

/** Lets the endpoint's own function judge the certificate first; nothing is read meanwhile. */
const enterAfterCallback = async (core: BrokerCore, visitor: Visitor, domain: DomainConfiguration): Promise<void> => {
  const { socket } = visitor;
  socket.on('error', () => undefined);
  const mayEnter = await core.certificateCallback(domain, chainOf(socket)).catch(() => false);
  if (socket.destroyed) return;
  if (mayEnter) enter(core, visitor);
  else refuse(core, socket, { isAuthenticated: false, reason: 'NOT_AUTHENTICATED' });
};

/** Decides what a finished handshake is good for, before anything is read. */
export const acceptSocket = (core: BrokerCore, socket: TLSSocket, { port, web }: Pick<Visitor, 'port' | 'web'>): void => {
  const peer = peerOf(socket);
  const domain = core.domainOf(peer.serverName);
  const visitor = { socket, peer, domain, port, web };
  if (domain?.status === 'DISABLED') refuse(core, socket, { isAuthenticated: false, reason: 'DOMAIN_CONFIGURATION_DISABLED' });
  else if (domain?.clientCertificateCallbackArn === undefined) enter(core, visitor);
  else void enterAfterCallback(core, visitor, domain);
};
