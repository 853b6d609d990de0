import type { TLSSocket } from 'node:tls';

import type { AuthenticationFailure } from '../directory.ts';
import { serverNameOf } from '../endpoint/server-name.ts';
import { type Access, accessThrough } from './access.ts';
import { logAuthenticationFailure } from './connection-log.ts';
import type { BrokerCore } from './core.ts';
import { serveConnection } from './serve-connection.ts';
import type { TlsPeer } from './tls-peer.ts';
import { Transport } from './transport.ts';

/** The addresses may be gone already when the client was quick to hang up. */
const peerOf = (socket: TLSSocket): TlsPeer => ({
  certificateDer: socket.getPeerX509Certificate()?.raw,
  sourceIp: socket.remoteAddress ?? '',
  sourcePort: socket.remotePort ?? 0,
  targetPort: socket.localPort ?? 0,
  serverName: serverNameOf(socket),
});

const accessFor = (core: BrokerCore, peer: TlsPeer, door: Pick<TLSSocket, 'alpnProtocol'> & { readonly usesAlpn: boolean }) => {
  const domain = core.domainOf(peer.serverName);
  if (domain?.status === 'DISABLED') return 'DOMAIN_CONFIGURATION_DISABLED';
  const access = accessThrough({ usesAlpn: door.usesAlpn, alpnProtocol: door.alpnProtocol, domain });
  return access ?? 'NOT_AUTHENTICATED';
};

/** What is clear before any MQTT is read: the name that a client must ask for, the certificate that it must show. */
const judgeHandshake = (core: BrokerCore, { certificateDer, serverName }: TlsPeer, access: Access): AuthenticationFailure | undefined => {
  // Custom authentication always needs the endpoint's name (DG:custom-auth-troubleshooting).
  const needsName = core.settings.requireServerName || access.authenticationType !== 'AWS_X509';
  const needsCertificate = access.authenticationType === 'AWS_X509' || access.authenticationType === 'CUSTOM_AUTH_X509';
  const isLacking = (needsName && serverName === undefined) || (needsCertificate && certificateDer === undefined);
  return isLacking ? 'NOT_AUTHENTICATED' : undefined;
};

/** Decides what a finished handshake is good for, before any MQTT is read. */
export const acceptSocket = (core: BrokerCore, socket: TLSSocket, usesAlpn: boolean): void => {
  const peer = peerOf(socket);
  const transport = new Transport(socket, core.clock, core.openGate);
  const access = accessFor(core, peer, { usesAlpn, alpnProtocol: socket.alpnProtocol });
  const reason = typeof access === 'string' ? access : judgeHandshake(core, peer, access);
  if (typeof access === 'string' || reason !== undefined) {
    socket.on('error', () => undefined);
    const authenticationType = typeof access === 'string' ? {} : { authenticationType: access.authenticationType };
    logAuthenticationFailure(core, peer, { isAuthenticated: false, reason: reason ?? 'NOT_AUTHENTICATED', ...authenticationType });
    transport.close();
    return;
  }
  serveConnection(core, { transport, peer, access });
};
