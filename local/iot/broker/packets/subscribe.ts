import type { ISubscribePacket, ISubscription } from 'mqtt-packet';

import type { Client } from '../client.ts';
import type { BrokerCore } from '../core.ts';
import type { Subscription } from '../message.ts';
import { quotas } from '../quotas.ts';
import { reasonCode } from '../reason-code.ts';
import { acknowledgedCode, refuseAndEnd } from '../refuse.ts';
import { isSharedSubscription, isSubscribable } from '../reserved-topics.ts';
import { isTopicFilter, isWildcard } from '../topic-name.ts';
import { protocolRefusals, type Refusal, subscribeRefusals } from '../wire-behaviour.ts';

/** The request as a whole, before its filters are looked at. */
const judgeRequest = (packet: ISubscribePacket): Refusal | undefined => {
  if (!((packet.messageId ?? 0) >= 1) || packet.subscriptions.length === 0) return protocolRefusals.malformed; // [MQTT-3.8.3-2]
  if (packet.properties?.subscriptionIdentifier !== undefined) return subscribeRefusals.subscriptionIdentifier;
  if (packet.subscriptions.some(({ qos }) => qos === 2)) return subscribeRefusals.qosNotSupported;
  return undefined;
};

const judgeFilter = (core: BrokerCore, client: Client, filter: string, heldAfterwards: number): Refusal | undefined => {
  if (!isTopicFilter(filter)) return subscribeRefusals.badFilter;
  if (isSharedSubscription(filter)) return subscribeRefusals.sharedSubscription;
  if (!client.may('iot:Subscribe', filter)) return subscribeRefusals.notAuthorized;
  if (!isSubscribable(core.reservedTopics, filter)) return subscribeRefusals.reservedFilter;
  return heldAfterwards > quotas.subscriptionsPerConnection ? subscribeRefusals.tooManySubscriptions : undefined;
};

/** One verdict per filter, in order; undefined grants. */
const judgeFilters = (core: BrokerCore, client: Client, subscriptions: readonly ISubscription[]): readonly (Refusal | undefined)[] => {
  if (subscriptions.length > quotas.filtersPerSubscribe) return subscriptions.map(() => subscribeRefusals.tooManyFilters);
  const held = new Set(client.session.subscriptions.keys());
  return subscriptions.map(({ topic }) => {
    const refusal = judgeFilter(core, client, topic, held.has(topic) ? held.size : held.size + 1);
    if (refusal === undefined) held.add(topic);
    return refusal;
  });
};

const logSubscribe = (core: BrokerCore, client: Client, filters: readonly ISubscription[], codes: readonly number[]): void => {
  core.log({
    eventType: 'Subscribe',
    status: 'Success', // even when a filter was refused (DG:cwl-format sample)
    protocol: 'MQTT',
    topicName: filters.map(({ topic }) => topic).join(','),
    ...(client.protocolVersion === 5
      ? { subscriptions: filters.map(({ topic }, index) => ({ topicName: topic, reasonCode: codes[index] })) }
      : {}),
    clientId: client.clientId,
    principalId: client.principalId,
    sourceIp: client.sourceIp,
    sourcePort: client.sourcePort,
  });
};

const logRefusal = (core: BrokerCore, client: Client, filter: string, refusal: Refusal): void => {
  core.log({
    eventType: 'Subscribe',
    status: 'Failure',
    protocol: 'MQTT',
    topicName: filter,
    clientId: client.clientId,
    principalId: client.principalId,
    sourceIp: client.sourceIp,
    sourcePort: client.sourcePort,
    ...(refusal === subscribeRefusals.notAuthorized ? { reason: 'AUTHORIZATION_FAILURE', details: 'Authorization Failure' } : {}),
  });
};

/** Retain Handling: 0 always, 1 for a new subscription only, 2 never. [MQTT-3.3.1-9..11] */
const sendRetained = (core: BrokerCore, client: Client, { topic, qos, rh }: ISubscription, wasSubscribed: boolean): void => {
  if (isWildcard(topic) || rh === 2 || (rh === 1 && wasSubscribed)) return;
  const message = core.retained.get(topic);
  if (message !== undefined) client.session.send(message, qos === 0 ? 0 : 1, true);
};

const optionsOf = ({ qos, nl, rap }: ISubscription): Subscription => ({
  qos: qos === 0 ? 0 : 1,
  noLocal: nl === true,
  retainAsPublished: rap === true,
});

/** Takes the granted subscriptions in, and tells everyone who should know. */
const settle = (core: BrokerCore, client: Client, packet: ISubscribePacket, granted: readonly number[]): void => {
  const accepted = packet.subscriptions.filter((_, index) => (granted[index] ?? reasonCode.unspecifiedError) < reasonCode.unspecifiedError);
  const known = new Set(client.session.subscriptions.keys());
  for (const subscription of accepted) core.sessions.subscribe(client.session, subscription.topic, optionsOf(subscription));
  client.transport.send({ cmd: 'suback', messageId: packet.messageId ?? 0, granted: [...granted] });
  logSubscribe(core, client, packet.subscriptions, granted);
  if (accepted.length > 0) {
    core.events.subscribed(
      client,
      accepted.map(({ topic }) => topic),
    );
  }
  for (const subscription of accepted) sendRetained(core, client, subscription, known.has(subscription.topic));
};

/** Judges every filter by itself; one that can only be refused by closing takes the whole request with it. */
export const handleSubscribe = (core: BrokerCore, client: Client, packet: ISubscribePacket): void => {
  const requestRefusal = judgeRequest(packet);
  if (requestRefusal !== undefined) {
    refuseAndEnd(core, client, requestRefusal);
    return;
  }
  const granted: number[] = [];
  for (const [index, refusal] of judgeFilters(core, client, packet.subscriptions).entries()) {
    const subscription = packet.subscriptions[index];
    if (subscription === undefined) continue;
    const code = refusal === undefined ? subscription.qos : acknowledgedCode(client, refusal);
    if (refusal !== undefined) logRefusal(core, client, subscription.topic, refusal);
    if (refusal !== undefined && code === undefined) {
      refuseAndEnd(core, client, refusal);
      return;
    }
    granted.push(code ?? reasonCode.unspecifiedError);
  }
  settle(core, client, packet, granted);
};
