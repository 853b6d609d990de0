import type { IUnsubscribePacket } from 'mqtt-packet';

import type { Client } from '../client.ts';
import { factsOf } from '../connection-facts.ts';
import type { BrokerCore } from '../core.ts';
import { reasonCode } from '../reason-code.ts';
import { refuseAndEnd } from '../refuse.ts';
import { isSharedSubscription, parseSharedName } from '../shared-name.ts';
import { isTopicFilter } from '../topic-name.ts';

const isFilter = (text: string): boolean => isTopicFilter(isSharedSubscription(text) ? (parseSharedName(text)?.filter ?? '') : text);

/** Needs no permission (DG:iot-policy-actions names none). [MQTT-3.10.4-1..6] */
export const handleUnsubscribe = (core: BrokerCore, client: Client, packet: IUnsubscribePacket): void => {
  const messageId = packet.messageId ?? 0;
  if (messageId < 1 || packet.unsubscriptions.length === 0) {
    refuseAndEnd(core, client, 'mqtt.packet.malformed'); // [MQTT-2.2.1-3], [MQTT-3.10.3-2]
    return;
  }
  const removed: string[] = [];
  const granted = packet.unsubscriptions.map((filter) => {
    if (!isFilter(filter)) return reasonCode.topicFilterInvalid;
    if (!core.sessions.unsubscribe(client.session, filter)) return core.behaviour['mqtt.message.unsubscribed-code'];
    removed.push(filter);
    return reasonCode.success;
  });
  client.transport.send({ cmd: 'unsuback', messageId, granted });
  core.metrics.count('Unsubscribe.Success');
  if (removed.length === 0) return;
  core.events.unsubscribed(client, removed);
  core.log({ eventType: 'Unsubscribe', status: 'Success', topicName: removed.join(','), ...factsOf(client) });
};
