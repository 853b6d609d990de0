import type { ISubscribePacket, ISubscription } from 'mqtt-packet';

import type { RefusalId } from '../../behaviour/mqtt-refusals.data.ts';
import { outcomeOf } from '../../metrics/traffic-metrics.ts';
import type { Client } from '../client.ts';
import { authorizationFailure, factsOf } from '../connection-facts.ts';
import type { BrokerCore } from '../core.ts';
import type { Subscription } from '../message.ts';
import { quotas } from '../quotas.ts';
import { reasonProperties } from '../reason-properties.ts';
import { answerTo, refuseAndEnd } from '../refuse.ts';
import { isSubscribable } from '../reserved-topics.ts';
import { isSharedSubscription, parseSharedName } from '../shared-name.ts';
import { throttled } from '../throttling-log.ts';
import { isTopicFilter, isWildcard } from '../topic-name.ts';

/** The request as a whole, before its filters are looked at. */
const judgeRequest = (packet: ISubscribePacket): RefusalId | undefined => {
  if (!((packet.messageId ?? 0) >= 1) || packet.subscriptions.length === 0) return 'mqtt.packet.malformed'; // [MQTT-3.8.3-2]
  if (packet.properties?.subscriptionIdentifier !== undefined) return 'mqtt.subscribe.subscription-identifier';
  if (packet.subscriptions.some(({ qos }) => qos === 2)) return 'mqtt.subscribe.qos-not-supported';
  if (packet.subscriptions.some(({ topic, nl }) => nl === true && isSharedSubscription(topic))) return 'mqtt.packet.unexpected'; // [MQTT-3.8.3-4]
  return undefined;
};

const judgeShared = (core: BrokerCore, client: Client, filter: string): RefusalId | undefined => {
  const name = parseSharedName(filter);
  if (name === undefined || !isTopicFilter(name.filter)) return 'mqtt.subscribe.bad-filter';
  const resource = core.behaviour['mqtt.session.shared-subscription-resource'] === 'as-sent' ? filter : name.filter;
  if (!client.may('iot:Subscribe', resource)) return 'mqtt.subscribe.not-authorized';
  if (!isSubscribable(core.reservedTopics, name.filter)) return 'mqtt.subscribe.reserved-filter';
  return core.sessions.shared.hasRoom(name, client.session) ? undefined : 'mqtt.subscribe.shared-group-full';
};

const judgeFilter = (core: BrokerCore, client: Client, filter: string): RefusalId | undefined => {
  if (isSharedSubscription(filter)) return judgeShared(core, client, filter);
  if (!isTopicFilter(filter)) return 'mqtt.subscribe.bad-filter';
  if (!client.may('iot:Subscribe', filter)) return 'mqtt.subscribe.not-authorized';
  return isSubscribable(core.reservedTopics, filter) ? undefined : 'mqtt.subscribe.reserved-filter';
};

/** A filter of the request with what became of it. */
interface Verdict {
  readonly subscription: ISubscription;
  /** Undefined grants. */
  readonly refusal: RefusalId | undefined;
  readonly wasSubscribed: boolean;
}

/** What befalls the request as a whole, filter by filter. */
const judgeAmount = (core: BrokerCore, { subscriptions }: ISubscribePacket): RefusalId | undefined => {
  if (subscriptions.length > quotas.filtersPerSubscribe) return 'mqtt.subscribe.too-many-filters';
  return core.throttle.take('subscriptions', subscriptions.length) ? undefined : 'mqtt.subscribe.throttled';
};

const judgeFilters = (core: BrokerCore, client: Client, packet: ISubscribePacket): readonly Verdict[] => {
  const amountRefusal = judgeAmount(core, packet);
  const held = new Set(client.session.subscriptions.keys());
  return packet.subscriptions.map((subscription) => {
    const filter = subscription.topic;
    const wasSubscribed = held.has(filter);
    const isOneTooMany = !wasSubscribed && held.size >= quotas.subscriptionsPerConnection;
    const quotaRefusal = isOneTooMany ? 'mqtt.subscribe.too-many-subscriptions' : undefined;
    const refusal = amountRefusal ?? judgeFilter(core, client, filter) ?? quotaRefusal;
    if (refusal === undefined) held.add(filter);
    return { subscription, refusal, wasSubscribed };
  });
};

/** The code for one filter in SUBACK, or what happens instead. */
const codeOf = (core: BrokerCore, client: Client, { subscription, refusal }: Verdict): number | 'end' | 'ignore' => {
  if (refusal === undefined) return subscription.qos;
  const answer = answerTo(core.behaviour[refusal], client.protocolVersion);
  return answer.how === 'acknowledge' ? answer.code : answer.how;
};

const logSubscribe = (core: BrokerCore, client: Client, verdicts: readonly Verdict[]): void => {
  core.log(() => {
    const subscriptions = verdicts.map((verdict) => ({ topicName: verdict.subscription.topic, reasonCode: codeOf(core, client, verdict) }));
    return {
      eventType: 'Subscribe',
      status: 'Success', // even when a filter was refused (DG:cwl-format sample)
      topicName: subscriptions.map(({ topicName }) => topicName).join(','),
      ...(client.protocolVersion === 5 ? { subscriptions } : {}),
      ...factsOf(client),
    };
  });
};

const reasonOf = (core: BrokerCore, id: RefusalId | undefined): object => {
  if (id === 'mqtt.subscribe.not-authorized') return authorizationFailure(core.behaviour);
  return id === 'mqtt.subscribe.throttled' ? throttled : {};
};

const logRefusal = (core: BrokerCore, client: Client, { subscription, refusal }: Verdict): void => {
  if (refusal !== undefined) core.metrics.count(`Subscribe.${outcomeOf(refusal)}`);
  core.log({ eventType: 'Subscribe', status: 'Failure', topicName: subscription.topic, ...factsOf(client), ...reasonOf(core, refusal) });
};

/** Retain Handling: 0 always, 1 for a new subscription only, 2 never. [MQTT-3.3.1-9..11] */
const sendRetained = (core: BrokerCore, client: Client, { subscription, wasSubscribed }: Verdict): void => {
  const { topic, qos, rh } = subscription;
  if (isWildcard(topic) || isSharedSubscription(topic) || rh === 2 || (rh === 1 && wasSubscribed)) return;
  const message = core.retained.get(topic);
  if (message !== undefined) client.session.send({ message, qos: qos === 0 ? 0 : 1, retain: true });
};

const optionsOf = ({ qos, nl, rap }: ISubscription): Subscription => ({
  qos: qos === 0 ? 0 : 1,
  noLocal: nl === true,
  retainAsPublished: rap === true,
});

/** Takes the granted subscriptions in, and tells everyone who should know. */
const settle = (core: BrokerCore, client: Client, verdicts: readonly Verdict[]): void => {
  const accepted = verdicts.filter(({ refusal }) => refusal === undefined);
  if (accepted.length > 0) core.metrics.count('Subscribe.Success');
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

const acknowledge = (
  core: BrokerCore,
  client: Client,
  { messageId = 0, granted }: { messageId: number | undefined; granted: number[] },
): void => {
  const worst = Math.max(...granted);
  const reason = client.protocolVersion === 5 ? reasonProperties(core, client.terms, worst) : {};
  client.transport.send({ cmd: 'suback', messageId, granted, ...reason });
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
    const code = codeOf(core, client, verdict);
    if (code === 'end') refuseAndEnd(core, client, verdict.refusal ?? 'mqtt.packet.malformed');
    if (code === 'end' || code === 'ignore') return;
    granted.push(code);
  }
  acknowledge(core, client, { messageId: packet.messageId, granted });
  settle(core, client, verdicts);
};
