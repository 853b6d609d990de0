import type { Packet } from 'mqtt-packet';

import type { Client } from './client.ts';
import { factsOf } from './connection-facts.ts';
import type { BrokerCore } from './core.ts';
import { quotas } from './quotas.ts';
import { socketsOf } from './recent-endings.ts';
import { reasonProperties } from './reason-properties.ts';
import type { Will } from './will.ts';

export interface Ending {
  /** What the `disconnected` event says. */
  readonly reason: string;
  /** Sent to an MQTT 5 client before the connection closes. Default: what goes with the reason. */
  readonly reasonCode?: number | 'none';
  /** The client said goodbye itself. */
  readonly isClientInitiated?: boolean;
  /** Its goodbye was DISCONNECT with Will Message. [MQTT-3.14.4-3] */
  readonly keepsWill?: boolean;
  /** Whoever ended it wants no will to be published. */
  readonly preventsWill?: boolean;
}

const publishWill = (core: BrokerCore, client: Client, will: Will): void => {
  // Policy may have changed since CONNECT.
  const isJudged = core.behaviour['mqtt.message.will-needs-permission-when-published'];
  if (isJudged && !client.may('iot:Publish', will.message.topic)) return;
  if (!core.throttle.take('publishesIn')) return;
  const lifetime = will.expirySeconds === undefined ? {} : { expiresAt: core.clock.now() + will.expirySeconds * 1000 };
  core.router.publish({ ...will.message, ...lifetime }, client);
};

const settleWill = (core: BrokerCore, client: Client, ending: Ending): void => {
  const will = client.terms.will;
  // Only a client's own goodbye spares the will (DG:life-cycle-events).
  if (will === undefined || ending.preventsWill === true || (ending.isClientInitiated === true && ending.keepsWill !== true)) return;
  // The will is due when its delay or the session ends, whichever is first. [MQTT-3.1.3-9]
  const delaySeconds = Math.min(will.delaySeconds, client.session.expirySeconds, quotas.maxMessageExpirySeconds);
  core.pendingWills.schedule(client.clientId, delaySeconds, () => {
    publishWill(core, client, will);
  });
};

const logDisconnect = (core: BrokerCore, client: Client, ending: Ending): void => {
  const isDuplicate = ending.reason === 'DUPLICATE_CLIENTID';
  core.log({
    eventType: 'Disconnect',
    status: isDuplicate ? 'Failure' : 'Success',
    ...factsOf(client),
    disconnectReason: ending.reason,
    ...(isDuplicate ? { reason: 'DUPLICATE_CLIENT_ID', details: 'A new connection was established with the same client ID' } : {}),
  });
};

const noteEnding = (core: BrokerCore, { clientId, thing, terms, session, peer }: Client, { reason }: Ending): void => {
  core.endings.note(clientId, {
    ...{ at: core.clock.now(), reason, thingName: thing?.thingName, sockets: socketsOf(peer) },
    ...{ isCleanStart: terms.isCleanStart, sessionExpirySeconds: session.expirySeconds, keepAliveSeconds: terms.keepAliveSeconds },
  });
};

/** An MQTT 5 client is told why, unless it went by itself. [MQTT-3.14] */
const lastPacket = (core: BrokerCore, client: Client, ending: Ending): Packet | undefined => {
  const code = ending.reasonCode ?? core.behaviour['mqtt.connection.disconnect-codes'][ending.reason];
  if (client.protocolVersion === 4 || ending.isClientInitiated === true || code === undefined || code === 'none') return undefined;
  return { cmd: 'disconnect', reasonCode: code, ...reasonProperties(core, client.terms, code) };
};

/** Ends an accepted connection, once, in the order: wire, session, event, will. */
export const endConnection = (core: BrokerCore, client: Client, ending: Ending): void => {
  if (client.isEnded) return;
  client.end();
  client.transport.close(lastPacket(core, client, ending));
  core.clients.delete(client.clientId);
  core.sessions.release(client.session);
  const versionNumber = client.terms.versionNumber;
  core.versionNumbers.disconnected(client.clientId, versionNumber);
  core.events.disconnected(client, {
    reason: ending.reason,
    isClientInitiated: ending.isClientInitiated ?? false,
    versionNumber,
  });
  logDisconnect(core, client, ending);
  noteEnding(core, client, ending);
  settleWill(core, client, ending);
};
