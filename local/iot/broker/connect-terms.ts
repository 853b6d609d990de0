import type { IConnectPacket } from 'mqtt-packet';
import { randomUUID } from 'node:crypto';

import { expirySecondsOf, forwardable } from './message-properties.ts';
import { quotas } from './quotas.ts';
import type { Will } from './will.ts';

/** What a CONNECT asks for, in the same words for both protocol versions. */
export interface ConnectRequest {
  readonly clientId: string;
  /** Whether the service made up the client id. [MQTT-3.1.3-6] */
  readonly isAssignedId: boolean;
  readonly requestedKeepAliveSeconds: number;
  readonly keepAliveSeconds: number;
  readonly isCleanStart: boolean;
  readonly requestedExpirySeconds: number;
  readonly receiveMaximum: number;
  readonly maximumPacketSize: number;
  readonly topicAliasMaximum: number;
  readonly wantsReasons: boolean;
  readonly will: Will | undefined;
}

/** "If the value is 0 or over 1200, 1200; below 30, 30" (GR, keep-alive). */
const clampKeepAlive = (seconds: number): number =>
  seconds === 0 ? quotas.maxKeepAliveSeconds : Math.min(Math.max(seconds, quotas.minKeepAliveSeconds), quotas.maxKeepAliveSeconds);

/** A 3.1.1 session that is not clean lasts as long as the account allows; MQTT 5 names the time itself. */
const requestedExpiryOf = (packet: IConnectPacket): number => {
  if (packet.protocolVersion === 5) return packet.properties?.sessionExpiryInterval ?? 0;
  return packet.clean === true ? 0 : Number.POSITIVE_INFINITY;
};

const willOf = (packet: IConnectPacket, clientId: string): Will | undefined => {
  const { will } = packet;
  if (will === undefined) return undefined;
  return {
    message: {
      topic: will.topic,
      payload: typeof will.payload === 'string' ? Buffer.from(will.payload) : will.payload,
      qos: will.qos === 0 ? 0 : 1,
      retain: will.retain ?? false,
      publisherId: clientId,
      ...(will.properties === undefined ? {} : { properties: forwardable(will.properties) }),
    },
    delaySeconds: will.properties?.willDelayInterval ?? 0,
    expirySeconds: expirySecondsOf(will.properties),
  };
};

export const readConnect = (packet: IConnectPacket, assignedIdPrefix: string): ConnectRequest => {
  const isAssignedId = packet.clientId === '';
  const clientId = isAssignedId ? `${assignedIdPrefix}${randomUUID()}` : packet.clientId;
  return {
    clientId,
    isAssignedId,
    requestedKeepAliveSeconds: packet.keepalive ?? 0,
    keepAliveSeconds: clampKeepAlive(packet.keepalive ?? 0),
    isCleanStart: packet.clean === true,
    requestedExpirySeconds: requestedExpiryOf(packet),
    receiveMaximum: Math.min(packet.properties?.receiveMaximum ?? quotas.inFlight, quotas.inFlight),
    maximumPacketSize: packet.properties?.maximumPacketSize ?? Number.POSITIVE_INFINITY,
    topicAliasMaximum: packet.properties?.topicAliasMaximum ?? 0,
    wantsReasons: packet.properties?.requestProblemInformation !== false,
    will: willOf(packet, clientId),
  };
};
