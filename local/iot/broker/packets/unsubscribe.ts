import type { IUnsubscribePacket } from 'mqtt-packet';

import type { Client } from '../client.ts';
import { factsOf } from '../connection-log.ts';
import type { BrokerCore } from '../core.ts';
import { reasonCode } from '../reason-code.ts';
import { refuseAndEnd } from '../refuse.ts';
import { protocolRefusals } from '../wire-behaviour.ts';

/** Needs no permission (DG:iot-policy-actions names none). [MQTT-3.10.4-1..6] */
export const handleUnsubscribe = (core: BrokerCore, client: Client, packet: IUnsubscribePacket): void => {
  const messageId = packet.messageId ?? 0;
  if (messageId < 1 || packet.unsubscriptions.length === 0) {
    refuseAndEnd(core, client, protocolRefusals.malformed); // [MQTT-2.2.1-3], [MQTT-3.10.3-2]
    return;
  }
  const removed: string[] = [];
  const granted = packet.unsubscriptions.map((filter) => {
    if (!core.sessions.unsubscribe(client.session, filter)) return reasonCode.noSubscriptionExisted;
    removed.push(filter);
    return reasonCode.success;
  });
  client.transport.send({ cmd: 'unsuback', messageId, granted });
  if (removed.length === 0) return;
  core.events.unsubscribed(client, removed);
  core.log({ eventType: 'Unsubscribe', status: 'Success', topicName: removed.join(','), ...factsOf(client) });
};
