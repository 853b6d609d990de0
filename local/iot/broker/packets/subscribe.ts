import type { ISubscribePacket, ISubscription } from 'mqtt-packet';

import type { Client } from '../client.ts';
import { authorizationFailure, factsOf } from '../connection-log.ts';
import type { BrokerCore } from '../core.ts';
import type { Subscription } from '../message.ts';
import { quotas } from '../quotas.ts';
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

const judgeFilter = ({ reservedTopics }: BrokerCore, client: Client, filter: string): Refusal | undefined => {
  if (!isTopicFilter(filter)) return subscribeRefusals.badFilter;
  if (isSharedSubscription(filter)) return subscribeRefusals.sharedSubscription;
  if (!client.may('iot:Subscribe', filter)) return subscribeRefusals.notAuthorized;
  return isSubscribable(reservedTopics, filter) ? undefined : subscribeRefusals.reservedFilter;
};

/** A filter of the request with what became of it. */
interface Verdict {
  readonly subscription: ISubscription;
  /** Undefined grants. */
  readonly refusal: Refusal | undefined;
  readonly wasSubscribed: boolean;
}

const judgeFilters = (core: BrokerCore, client: Client, { subscriptions }: ISubscribePacket): readonly Verdict[] => {
  const isTooLong = subscriptions.length > quotas.filtersPerSubscribe;
  const held = new Set(client.session.subscriptions.keys());
  return subscriptions.map((subscription) => {
    const filter = subscription.topic;
    const wasSubscribed = held.has(filter);
    const isOneTooMany = !wasSubscribed && held.size >= quotas.subscriptionsPerConnection;
    const quotaRefusal = isOneTooMany ? subscribeRefusals.tooManySubscriptions : undefined;
    const refusal = isTooLong ? subscribeRefusals.tooManyFilters : (judgeFilter(core, client, filter) ?? quotaRefusal);
    if (refusal === undefined) held.add(filter);
    return { subscription, refusal, wasSubscribed };
  });
};

/** The code for one filter in SUBACK, or undefined where the connection ends instead. */
const codeOf = (client: Client, { subscription, refusal }: Verdict): number | undefined =>
  refusal === undefined ? subscription.qos : acknowledgedCode(client, refusal);

const logSubscribe = (core: BrokerCore, client: Client, verdicts: readonly Verdict[]): void => {
  const subscriptions = verdicts.map((verdict) => ({ topicName: verdict.subscription.topic, reasonCode: codeOf(client, verdict) }));
  core.log({
    eventType: 'Subscribe',
    status: 'Success', // even when a filter was refused (DG:cwl-format sample)
    topicName: subscriptions.map(({ topicName }) => topicName).join(','),
    ...(client.protocolVersion === 5 ? { subscriptions } : {}),
    ...factsOf(client),
  });
};

const logRefusal = (core: BrokerCore, client: Client, { subscription, refusal }: Verdict): void => {
  const why = refusal === subscribeRefusals.notAuthorized ? authorizationFailure : {};
  core.log({ eventType: 'Subscribe', status: 'Failure', topicName: subscription.topic, ...factsOf(client), ...why });
};

/** Retain Handling: 0 always, 1 for a new subscription only, 2 never. [MQTT-3.3.1-9..11] */
const sendRetained = (core: BrokerCore, client: Client, { subscription, wasSubscribed }: Verdict): void => {
  const { topic, qos, rh } = subscription;
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
const settle = (core: BrokerCore, client: Client, verdicts: readonly Verdict[]): void => {
  const accepted = verdicts.filter(({ refusal }) => refusal === undefined);
  for (const { subscription } of accepted) core.sessions.subscribe(client.session, subscription.topic, optionsOf(subscription));
  logSubscribe(core, client, verdicts);
  if (accepted.length > 0) {
    core.events.subscribed(
      client,
      accepted.map(({ subscription }) => subscription.topic),
    );
  }
  for (const verdict of accepted) sendRetained(core, client, verdict);
};

/** Judges every filter by itself; one that can only be refused by closing takes the whole request with it. */
export const handleSubscribe = (core: BrokerCore, client: Client, packet: ISubscribePacket): void => {
  const requestRefusal = judgeRequest(packet);
  if (requestRefusal !== undefined) {
    refuseAndEnd(core, client, requestRefusal);
    return;
  }
  const verdicts = judgeFilters(core, client, packet);
  for (const verdict of verdicts) if (verdict.refusal !== undefined) logRefusal(core, client, verdict);
  const granted: number[] = [];
  for (const verdict of verdicts) {
    const code = codeOf(client, verdict);
    if (code === undefined) {
      refuseAndEnd(core, client, verdict.refusal ?? protocolRefusals.malformed);
      return;
    }
    granted.push(code);
  }
  client.transport.send({ cmd: 'suback', messageId: packet.messageId ?? 0, granted });
  settle(core, client, verdicts);
};
