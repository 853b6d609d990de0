import type { IPublishPacket } from 'mqtt-packet';

import type { RefusalId } from '../../behaviour/mqtt-refusals.data.ts';
import { outcomeOf } from '../../metrics/traffic-metrics.ts';
import type { Client } from '../client.ts';
import { authorizationFailure, factsOf } from '../connection-facts.ts';
import type { BrokerCore } from '../core.ts';
import type { RoutedMessage } from '../message.ts';
import { areWithinLimits, expirySecondsOf, forwardable, hasUsableResponseTopic } from '../message-properties.ts';
import { quotas } from '../quotas.ts';
import { reasonCode } from '../reason-code.ts';
import { reasonProperties } from '../reason-properties.ts';
import { answerTo, refuseAndEnd } from '../refuse.ts';
import { type PublishRoute, routeOf } from '../reserved-topics.ts';
import { throttled } from '../throttling-log.ts';
import { isReserved, isTopicName } from '../topic-name.ts';

/** The topic that an alias stands for, after learning a new one; undefined when the alias is not valid. [MQTT-3.3.2-7..12] */
const resolveTopic = (client: Client, packet: IPublishPacket): string | undefined => {
  const alias = packet.properties?.topicAlias;
  if (alias === undefined) return packet.topic;
  if (alias < 1 || alias > quotas.topicAliases) return undefined;
  if (packet.topic === '') return client.topicAliases.get(alias);
  client.topicAliases.set(alias, packet.topic);
  return packet.topic;
};

/** A PUBLISH whose topic is known. */
interface Publication {
  readonly client: Client;
  readonly packet: IPublishPacket;
  readonly topic: string;
  readonly route: PublishRoute;
}

const judgeForm = ({ packet, topic }: Publication): RefusalId | undefined => {
  if (packet.qos === 1 && !((packet.messageId ?? 0) >= 1)) return 'mqtt.packet.malformed'; // [MQTT-2.2.1-3]
  if (!isTopicName(topic)) return 'mqtt.publish.bad-topic';
  if (packet.payload.length > quotas.payloadBytes) return 'mqtt.publish.too-large';
  if (packet.properties === undefined) return undefined;
  if (!hasUsableResponseTopic(packet.properties)) return 'mqtt.packet.unexpected';
  return areWithinLimits(packet.properties) ? undefined : 'mqtt.publish.too-large';
};

/** The connection's own rate first; what that stops is not counted for the account. */
const judgeRate = (core: BrokerCore, { client, packet, topic }: Publication): RefusalId | undefined => {
  if (client.rates?.publishesIn.take() === false) {
    core.metrics.count('Throttle.Exceeded');
    return 'mqtt.publish.throttled';
  }
  const fits =
    core.throttle.take('publishesIn') &&
    (!packet.retain || core.throttle.mayRetain({ topic, payload: packet.payload }, core.retained.countWithout(topic)));
  return fits ? undefined : 'mqtt.publish.throttled';
};

/** Whether the topic is one that clients may use so. */
const judgeReserved = ({ packet, topic, route }: Publication): RefusalId | undefined => {
  const isRetainReserved = packet.retain && isReserved(topic); // DG22:mqtt: no RETAIN on reserved topics
  return route.to === 'nobody' || isRetainReserved ? 'mqtt.publish.reserved-topic' : undefined;
};

const judgePolicy = ({ client, packet, topic }: Publication): RefusalId | undefined => {
  const mayPublish = client.may('iot:Publish', topic) && (!packet.retain || isReserved(topic) || client.may('iot:RetainPublish', topic));
  return mayPublish ? undefined : 'mqtt.publish.not-authorized';
};

/** Where policy comes first, a denial tells nothing about reserved topics. */
const judgeRight = (core: BrokerCore, publication: Publication): RefusalId | undefined =>
  core.behaviour['mqtt.message.policy-before-reserved-topics']
    ? (judgePolicy(publication) ?? judgeReserved(publication))
    : (judgeReserved(publication) ?? judgePolicy(publication));

const logFailure = (core: BrokerCore, { client, topic }: Publication, why: object): void => {
  core.log({ eventType: 'Publish-In', status: 'Failure', topicName: topic, ...factsOf(client), ...why });
};

const countPublish = (core: BrokerCore, packet: IPublishPacket, outcome: 'Success' | ReturnType<typeof outcomeOf>): void => {
  core.metrics.count(`PublishIn.${outcome}`);
  if (packet.retain) core.metrics.count(`PublishRetained.${outcome}`);
};

const logPublish = (core: BrokerCore, { client, packet, topic }: Publication): void => {
  countPublish(core, packet, 'Success');
  core.log(() => ({
    eventType: 'Publish-In',
    status: 'Success',
    topicName: topic,
    ...factsOf(client),
    ...(packet.retain ? { retain: 'True' } : {}),
  }));
};

const reasonOf = (core: BrokerCore, id: RefusalId): object => {
  if (id === 'mqtt.publish.not-authorized') return authorizationFailure(core.behaviour);
  return id === 'mqtt.publish.throttled' ? throttled : {};
};

const acknowledge = (core: BrokerCore, { client, packet }: Publication, code: number): void => {
  const reason = client.protocolVersion === 5 ? reasonProperties(core, client.terms, code) : {};
  client.transport.send({ cmd: 'puback', messageId: packet.messageId ?? 0, reasonCode: code, ...reason });
};

const refusePublish = (core: BrokerCore, publication: Publication, id: RefusalId): void => {
  const { client, packet } = publication;
  countPublish(core, packet, outcomeOf(id));
  logFailure(core, publication, reasonOf(core, id));
  const answer = answerTo(core.behaviour[id], client.protocolVersion, packet.qos === 1);
  if (answer.how === 'acknowledge') acknowledge(core, publication, answer.code);
  else if (answer.how === 'end') refuseAndEnd(core, client, id);
};

const messageOf = (core: BrokerCore, { client, packet, topic }: Publication): RoutedMessage => {
  const expirySeconds = expirySecondsOf(packet.properties);
  return {
    topic,
    payload: typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload,
    qos: packet.qos === 0 ? 0 : 1,
    retain: packet.retain,
    publisherId: client.clientId,
    ...(packet.properties === undefined ? {} : { properties: forwardable(packet.properties) }),
    ...(expirySeconds === undefined ? {} : { expiresAt: core.clock.now() + expirySeconds * 1000 }),
  };
};

/** A request to a service is acknowledged like any publish; its answer is a message of its own. */
const deliver = (core: BrokerCore, publication: Publication): void => {
  const { client, route } = publication;
  const message = messageOf(core, publication);
  if (route.to !== 'service') {
    core.router.publish(message, client);
    return;
  }
  core.router.observe(message, client);
  route.service.handle(client, message).catch((error: unknown) => {
    logFailure(core, publication, { details: String(error) });
  });
};

export const handlePublish = (core: BrokerCore, client: Client, packet: IPublishPacket): void => {
  if (packet.qos === 2) {
    refuseAndEnd(core, client, 'mqtt.publish.qos-not-supported');
    return;
  }
  const topic = resolveTopic(client, packet);
  if (topic === undefined) {
    refuseAndEnd(core, client, 'mqtt.publish.bad-topic-alias');
    return;
  }
  const publication = { client, packet, topic, route: routeOf(core.reservedTopics, topic) };
  const refusal = judgeForm(publication) ?? judgeRate(core, publication) ?? judgeRight(core, publication);
  if (refusal !== undefined) {
    refusePublish(core, publication, refusal);
    return;
  }
  if (packet.qos === 1) acknowledge(core, publication, reasonCode.success);
  logPublish(core, publication);
  deliver(core, publication);
};
