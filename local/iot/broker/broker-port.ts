import type { IotConnection, IotMessage, MessageBroker } from '../connection.ts';
import type { Client } from './client.ts';
import type { BrokerCore } from './core.ts';
import { endConnection } from './end-connection.ts';
import { filterMatches } from './topic-matching.ts';

/** The connection behind a handle, unless it has ended: a successor with the same client id is another one. */
const clientOf = (core: BrokerCore, { clientId, sessionIdentifier }: IotConnection): Client | undefined => {
  const client = core.clients.get(clientId);
  return client?.sessionIdentifier === sessionIdentifier ? client : undefined;
};

const respond = (core: BrokerCore, connection: IotConnection, message: IotMessage): void => {
  const client = clientOf(core, connection);
  if (client === undefined) return;
  let grantedQos: 0 | 1 | undefined;
  for (const [filter, { qos }] of client.session.subscriptions) {
    if (filterMatches(filter, message.topic)) grantedQos = grantedQos === 1 ? 1 : qos;
  }
  if (grantedQos !== undefined) client.session.send({ message, qos: grantedQos, retain: false });
};

/** Ends what the certificate still holds when the time comes; one that is good again by then keeps its connections. */
const endPrincipal = (core: BrokerCore, principalId: string, reason: string): void => {
  for (const client of [...core.clients.values()]) {
    const { certificateDer } = client.peer;
    const holdsIt = client.subject.certificateId === principalId && certificateDer !== undefined;
    const isConcerned = holdsIt && !core.directory.authenticate(certificateDer).isAuthenticated;
    if (isConcerned) endConnection(core, client, { reason });
  }
};

/** What the rest of AWS IoT may do through the broker. */
export const createBrokerPort = (core: BrokerCore): MessageBroker => ({
  publish: (message, publisher) => {
    core.router.publish(message, publisher);
    return Promise.resolve();
  },
  respond: (connection, message) => {
    respond(core, connection, message);
    return Promise.resolve();
  },
  reply: (connection, message) => {
    clientOf(core, connection)?.session.send({ message, qos: message.qos, retain: false });
    return Promise.resolve();
  },
  disconnect: (which, reason) => {
    if ('principalId' in which) {
      core.clock.setTimer(() => {
        endPrincipal(core, which.principalId, reason);
      }, core.behaviour['mqtt.connection.certificate-grace-ms']);
      return;
    }
    const client = core.clients.get(which.clientId);
    if (client !== undefined) endConnection(core, client, { reason });
  },
  isConnected: (clientId) => core.clients.has(clientId),
});
