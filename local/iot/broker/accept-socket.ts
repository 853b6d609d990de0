import type { TLSSocket } from 'node:tls';

import { logAuthenticationFailure } from './connection-log.ts';
import type { BrokerCore } from './core.ts';
import { serveConnection } from './serve-connection.ts';
import { serverNameOf } from '../endpoint/server-name.ts';
import { alpn } from '../endpoint/tls-listener.ts';
import { Transport } from './transport.ts';

/** The addresses may be gone already when the client was quick to hang up. */
const peerOf = (socket: TLSSocket) => ({
  sourceIp: socket.remoteAddress ?? '',
  sourcePort: socket.remotePort ?? 0,
  targetPort: socket.localPort ?? 0,
  serverName: serverNameOf(socket),
});

/** Decides what a finished handshake is good for, before any MQTT is read. */
export const acceptSocket = (core: BrokerCore, socket: TLSSocket, usesAlpn: boolean): void => {
  const peer = peerOf(socket);
  const transport = new Transport(socket, core.clock, core.openGate);
  const certificateDer = socket.getPeerX509Certificate()?.raw;
  const isNameless = core.settings.requireServerName && peer.serverName === undefined;
  // Without ALPN such a port speaks HTTPS; with `mqtt` it wants a custom authorizer, of which there is none.
  const isOtherProtocol = usesAlpn && socket.alpnProtocol !== alpn.mutualTls;
  if (certificateDer === undefined || isNameless || isOtherProtocol) {
    socket.on('error', () => undefined);
    logAuthenticationFailure(core, peer, { isAuthenticated: false, reason: 'NOT_AUTHENTICATED' });
    transport.close();
    return;
  }
  serveConnection(core, { transport, peer: { ...peer, certificateDer } });
};
