import type { TLSSocket } from 'node:tls';

import type { MessageBroker } from '../connection.ts';
import type { EndpointPort } from '../endpoint/device-endpoint.ts';
import { acceptSocket } from './accept-socket.ts';
import type { MessageBrokerOptions } from './broker-options.ts';
import { createBrokerPort } from './broker-port.ts';
import type { BrokerCore } from './core.ts';
import { createCore } from './create-core.ts';
import { createWebDoor } from './web/web-door.ts';

export interface RunningBroker {
  readonly broker: MessageBroker;
  /** What lies behind the data plane's operations. */
  readonly core: BrokerCore;
  /** Takes over a connection after its TLS handshake. */
  accept(socket: TLSSocket, port: EndpointPort): void;
  /** Ends all sessions without a word; no events are published any more. The endpoint cuts the connections. */
  close(): void;
}

/** The message broker of AWS IoT Core: MQTT 3.1.1 and 5 over mutual TLS, every action subject to policy. */
export const createMessageBroker = (options: MessageBrokerOptions): RunningBroker => {
  const core = createCore(options);
  const web = createWebDoor(core);
  return {
    core,
    broker: createBrokerPort(core),
    accept: (socket, port) => {
      acceptSocket(core, socket, { port, web });
    },
    close: () => {
      for (const client of core.clients.values()) client.end(); // nobody is left to be told
      core.sessions.clear();
      core.pendingWills.clear();
    },
  };
};
