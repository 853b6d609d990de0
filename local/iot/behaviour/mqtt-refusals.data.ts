import { reasonCode } from '../broker/reason-code.ts';
import { assumedRefusal, type Refusal, seenRefusal } from './mqtt-refusal.ts';
import type { BehaviourRows } from './row.ts';

const acknowledge = (code: number) => ({ how: 'acknowledge', code }) as const;
const discard = (code: number) => ({ how: 'discard', code }) as const;
const disconnect = (code: number) => ({ how: 'disconnect', code }) as const;

/** Most refusals close an MQTT 3.1.1 connection without a word. */
const closing = (mqtt5: Refusal['mqtt5'], disconnectReason: Refusal['disconnectReason'] = 'CLIENT_ERROR'): Refusal => ({
  mqtt3: 'close',
  mqtt5,
  disconnectReason,
});

/** Answers to CONNECT. The guide lists CONNACK codes 0x80, 0x85, 0x86, 0x87, 0x90, 0x97, 0x9B (DG:mqtt). */
const connectRows = {
  'mqtt.connect.not-authenticated': assumedRefusal(
    closing('close', 'AUTH_ERROR'),
    'A certificate that is unknown, inactive, revoked or expired gets through TLS and is closed before CONNACK.',
  ),
  'mqtt.connect.not-admitted': assumedRefusal(
    closing(acknowledge(reasonCode.notAuthorized), 'AUTH_ERROR'),
    'A client that custom authentication refuses, for whatever reason, is closed without CONNACK over 3.1.1 and answered 0x87 over 5.',
  ),
  'mqtt.connect.not-authorized': seenRefusal(
    closing(acknowledge(reasonCode.notAuthorized), 'AUTH_ERROR'),
    'A connect that policy denies is closed without CONNACK over 3.1.1, as users of Paho and of the device SDKs report, and answered 0x87 over 5; the guide of 2022 spoke of return codes 5 and 7.',
  ),
  'mqtt.connect.bad-client-id': assumedRefusal(
    closing(acknowledge(reasonCode.clientIdentifierNotValid)),
    'A client id that is too long, begins with $, or is empty where a session is to be kept is refused with 0x85.',
  ),
  'mqtt.connect.bad-will-topic': assumedRefusal(
    closing(acknowledge(reasonCode.topicNameInvalid)),
    'A will on a reserved or invalid topic is refused with 0x90.',
  ),
  'mqtt.connect.qos-not-supported': seenRefusal(
    closing(acknowledge(reasonCode.qosNotSupported)),
    'A will at QoS 2 is refused with 0x9B, which the guide lists for CONNACK.',
  ),
  'mqtt.connect.bad-properties': assumedRefusal(
    closing(acknowledge(reasonCode.unspecifiedError)),
    'Enhanced authentication and property values out of range are refused with 0x80.',
  ),
  'mqtt.connect.throttled': assumedRefusal(
    closing(acknowledge(reasonCode.quotaExceeded), 'THROTTLED'),
    'A connect over a quota is closed without CONNACK over 3.1.1 and answered 0x97 over 5.',
  ),
} as const satisfies BehaviourRows;

/** Answers to PUBLISH. PUBACK codes listed: 0x00, 0x80, 0x87, 0x90, 0x91, 0x97 (DG:mqtt). */
const publishRows = {
  'mqtt.publish.not-authorized': assumedRefusal(
    closing(acknowledge(reasonCode.notAuthorized), 'AUTH_ERROR'),
    'A publish that policy denies closes the connection without PUBACK over 3.1.1 (aws-crt-python#229); over 5 PUBACK says 0x87 and the connection stays.',
  ),
  'mqtt.publish.bad-topic': assumedRefusal(
    closing(acknowledge(reasonCode.topicNameInvalid)),
    'A topic with wildcards, over 256 bytes or over seven slashes is refused with PUBACK 0x90.',
  ),
  'mqtt.publish.reserved-topic': assumedRefusal(
    closing(disconnect(reasonCode.topicNameInvalid)),
    'A publish on a reserved topic ends the connection, over 5 with DISCONNECT 0x90.',
  ),
  'mqtt.publish.too-large': assumedRefusal(
    closing(disconnect(reasonCode.quotaExceeded)),
    'A payload or a property over its limit ends the connection, over 5 with DISCONNECT 0x97.',
  ),
  'mqtt.publish.qos-not-supported': seenRefusal(
    closing(disconnect(reasonCode.qosNotSupported)),
    'A publish at QoS 2 gets no PUBACK and closes the connection, over 5 with DISCONNECT 0x9B, which the guide lists.',
  ),
  'mqtt.publish.bad-topic-alias': seenRefusal(
    closing(disconnect(reasonCode.topicAliasInvalid)),
    'A topic alias that is out of range or unknown ends the connection with DISCONNECT 0x94, which the guide lists.',
  ),
  'mqtt.publish.throttled': seenRefusal(
    { mqtt3: 'ignore', mqtt5: discard(reasonCode.quotaExceeded), disconnectReason: 'THROTTLED' },
    'A publish over a rate quota is discarded and the connection stays: over 3.1.1 there is no PUBACK, as AWS support is quoted; over 5 PUBACK says 0x97, which the guide lists.',
  ),
} as const satisfies BehaviourRows;

/** Answers to SUBSCRIBE, filter by filter where they acknowledge. SUBACK codes listed: 0x80, 0x87, 0x8F, 0x91, 0x97 (DG:mqtt). */
const subscribeRows = {
  'mqtt.subscribe.not-authorized': seenRefusal(
    closing(acknowledge(reasonCode.notAuthorized), 'AUTH_ERROR'),
    'A subscribe that policy denies drops a 3.1.1 connection without SUBACK (aws-iot-device-sdk-js#125, #191); over 5 SUBACK says 0x87 for the filter.',
  ),
  'mqtt.subscribe.reserved-filter': seenRefusal(
    closing(acknowledge(reasonCode.topicFilterInvalid)),
    'A reserved topic that nobody may subscribe to drops a 3.1.1 connection without SUBACK (amazon-freertos#2431); over 5 SUBACK says 0x8F, as in a log sample of the guide.',
  ),
  'mqtt.subscribe.bad-filter': assumedRefusal(
    closing(acknowledge(reasonCode.topicFilterInvalid)),
    'A filter that is malformed, over 256 bytes or over seven slashes is refused with SUBACK 0x8F.',
  ),
  'mqtt.subscribe.too-many-subscriptions': assumedRefusal(
    { mqtt3: { code: reasonCode.unspecifiedError }, mqtt5: acknowledge(reasonCode.quotaExceeded), disconnectReason: 'CLIENT_ERROR' },
    'A subscription over the fiftieth is refused with SUBACK 0x80 over 3.1.1 (aws-c-mqtt#170) and 0x97 over 5.',
  ),
  'mqtt.subscribe.too-many-filters': assumedRefusal(
    closing(acknowledge(reasonCode.quotaExceeded)),
    'A request with over eight filters is refused as a whole, over 5 with SUBACK 0x97.',
  ),
  'mqtt.subscribe.shared-group-full': assumedRefusal(
    { mqtt3: { code: reasonCode.unspecifiedError }, mqtt5: acknowledge(reasonCode.quotaExceeded), disconnectReason: 'CLIENT_ERROR' },
    'A shared subscription over the hundredth group or the hundredth member is refused with SUBACK 0x80 over 3.1.1 and 0x97 over 5.',
  ),
  'mqtt.subscribe.throttled': seenRefusal(
    { mqtt3: { code: reasonCode.unspecifiedError }, mqtt5: acknowledge(reasonCode.quotaExceeded), disconnectReason: 'THROTTLED' },
    'A subscription over the rate quota is refused with SUBACK 0x80 over 3.1.1 (aws-iot-device-sdk-embedded-C#1108) and 0x97 over 5.',
  ),
  'mqtt.subscribe.qos-not-supported': seenRefusal(
    closing(disconnect(reasonCode.qosNotSupported)),
    'A subscribe at QoS 2 gets no SUBACK and closes the connection, over 5 with DISCONNECT 0x9B, which the guide lists.',
  ),
  'mqtt.subscribe.subscription-identifier': seenRefusal(
    closing(disconnect(reasonCode.subscriptionIdentifiersNotSupported)),
    'A subscription identifier ends the connection with DISCONNECT 0xA1 (node-red#4133).',
  ),
} as const satisfies BehaviourRows;

/** Anything that the protocol forbids at this point. DISCONNECT codes listed: 0x81, 0x82, 0x97 among others (DG:mqtt). */
const packetRows = {
  'mqtt.packet.malformed': seenRefusal(
    closing(disconnect(reasonCode.malformedPacket)),
    'A malformed packet ends the connection, over 5 with DISCONNECT 0x81, which the guide lists.',
  ),
  'mqtt.packet.unexpected': seenRefusal(
    closing(disconnect(reasonCode.protocolError)),
    'A packet that is out of place, AUTH among them, ends the connection, over 5 with DISCONNECT 0x82, which the guide lists.',
  ),
  'mqtt.packet.too-large': assumedRefusal(
    closing(disconnect(reasonCode.quotaExceeded)),
    'A packet over the size limit ends the connection, over 5 with DISCONNECT 0x97, since the guide does not list 0x95.',
  ),
} as const satisfies BehaviourRows;

/** What refusals look like over MQTT, by `mqtt.<packet>.<cause>`. */
export const mqttRefusalRows = { ...connectRows, ...publishRows, ...subscribeRows, ...packetRows } as const satisfies BehaviourRows;

export type RefusalId = keyof typeof mqttRefusalRows;
