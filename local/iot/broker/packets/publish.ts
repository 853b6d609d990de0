import type { IPublishPacket } from 'mqtt-packet';

import type { Client } from '../client.ts';
import { authorizationFailure, factsOf } from '../connection-log.ts';
import type { BrokerCore } from '../core.ts';
import type { RoutedMessage } from '../message.ts';
import { areWithinLimits, expirySecondsOf, forwardable, hasUsableResponseTopic } from '../message-properties.ts';
import { quotas } from '../quotas.ts';
import { reasonCode } from '../reason-code.ts';
import { acknowledgedCode, refuseAndEnd } from '../refuse.ts';
import { type PublishRoute, routeOf } from '../reserved-topics.ts';
import { isReserved, isTopicName } from '../topic-name.ts';
import { protocolRefusals, publishRefusals, type Refusal } from '../wire-behaviour.ts';

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

const judgeForm = ({ packet, topic }: Publication): Refusal | undefined => {
  if (packet.qos === 1 && !((packet.messageId ?? 0) >= 1)) return protocolRefusals.malformed; // [MQTT-2.2.1-3]
  if (!isTopicName(topic)) return publishRefusals.badTopic;
  if (packet.payload.length > quotas.payloadBytes) return publishRefusals.tooLarge;
  if (packet.properties === undefined) return undefined;
  if (!hasUsableResponseTopic(packet.properties)) return protocolRefusals.unexpectedPacket;
  return areWithinLimits(packet.properties) ? undefined : publishRefusals.tooLarge;
};

/** Policy first, then whether the topic is one that clients may use: a denial tells nothing about reserved topics (order assumed). */
const judgeRight = ({ client, packet, topic, route }: Publication): Refusal | undefined => {
  if (!client.may('iot:Publish', topic)) return publishRefusals.notAuthorized;
  if (route.to === 'nobody') return publishRefusals.reservedTopic;
  if (!packet.retain) return undefined;
  if (isReserved(topic)) return publishRefusals.reservedTopic; // DG22:mqtt: no RETAIN on reserved topics
  return client.may('iot:RetainPublish', topic) ? undefined : publishRefusals.notAuthorized;
};

const logFailure = (core: BrokerCore, { client, topic }: Publication, why: object): void => {
  core.log({ eventType: 'Publish-In', status: 'Failure', topicName: topic, ...factsOf(client), ...why });
};

const refusePublish = (core: BrokerCore, publication: Publication, refusal: Refusal): void => {
  const { client, packet } = publication;
  logFailure(core, publication, refusal === publishRefusals.notAuthorized ? authorizationFailure : {});
  const code = packet.qos === 1 ? acknowledgedCode(client, refusal) : undefined;
  if (code === undefined) refuseAndEnd(core, client, refusal);
  else client.transport.send({ cmd: 'puback', messageId: packet.messageId ?? 0, reasonCode: code });
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
    refuseAndEnd(core, client, publishRefusals.qosNotSupported);
    return;
  }
  const topic = resolveTopic(client, packet);
  if (topic === undefined) {
    refuseAndEnd(core, client, publishRefusals.badTopicAlias);
    return;
  }
  const publication = { client, packet, topic, route: routeOf(core.reservedTopics, topic) };
  const refusal = judgeForm(publication) ?? judgeRight(publication);
  if (refusal !== undefined) {
    refusePublish(core, publication, refusal);
    return;
  }
  if (packet.qos === 1) client.transport.send({ cmd: 'puback', messageId: packet.messageId ?? 0, reasonCode: reasonCode.success });
  deliver(core, publication);
};
