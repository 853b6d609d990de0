import type { IncomingMessage } from 'node:http';
import { createWebSocketStream, WebSocketServer } from 'ws';

import { logAuthenticationFailure } from '../connection-log.ts';
import type { BrokerCore } from '../core.ts';
import { serveConnection } from '../serve-connection.ts';
import { Transport } from '../transport.ts';
import { headOf, httpPresented } from './web-request.ts';
import { webAccess, type WebVisit } from './web-visit.ts';

/** `Sec-WebSocket-Protocol: mqtt` [MQTT-6.0.0-3], [MQTT-6.0.0-4]. */
const subprotocol = 'mqtt';

/** Larger than any packet; a packet that is too large is refused in MQTT's own terms. */
const largestFrameBytes = 512 * 1024;

const server = new WebSocketServer({
  noServer: true,
  maxPayload: largestFrameBytes,
  handleProtocols: (protocols) => (protocols.has(subprotocol) ? subprotocol : false),
});

const refuse = ({ socket }: WebVisit, status: string): void => {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
};

const asksForMqtt = (upgrade: IncomingMessage): boolean =>
  (upgrade.headers['sec-websocket-protocol'] ?? '').split(',').some((name) => name.trim() === subprotocol);

/**
 * Opens MQTT over WebSocket (DG:protocols). Signatures are checked here; an authorizer is asked at CONNECT, because user
 * name and password come with that.
 */
export const openWebSocket = (
  core: BrokerCore,
  visit: WebVisit,
  upgrade: { readonly request: IncomingMessage; readonly head: Buffer },
): void => {
  const request = headOf(upgrade.request);
  if (request.path !== '/mqtt') {
    refuse(visit, '404 Not Found');
    return;
  }
  if (!asksForMqtt(upgrade.request)) {
    refuse(visit, '400 Bad Request');
    return;
  }
  const access = webAccess(core, visit, { request, protocol: 'MQTT_WSS' });
  if (access === undefined) {
    logAuthenticationFailure(core, visit.peer, { isAuthenticated: false, reason: 'NOT_AUTHENTICATED' });
    refuse(visit, '403 Forbidden');
    return;
  }
  server.handleUpgrade(upgrade.request, visit.socket, upgrade.head, (webSocket) => {
    // MQTT comes in binary frames. [MQTT-6.0.0-1]
    webSocket.on('message', (_data, isBinary) => {
      if (!isBinary) webSocket.close(1003);
    });
    const transport = new Transport(createWebSocketStream(webSocket), core.clock, core.openGate);
    serveConnection(core, { transport, peer: visit.peer, access, http: httpPresented(upgrade.request) });
  });
};
