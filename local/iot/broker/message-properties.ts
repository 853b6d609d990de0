import type { IPublishPacket } from 'mqtt-packet';

import type { MessageProperties } from '../connection.ts';
import { quotas } from './quotas.ts';
import { isTopicName } from './topic-name.ts';

type Properties = NonNullable<IPublishPacket['properties']>;

const userPropertyBytes = (userProperties: Properties['userProperties']): number =>
  Object.entries(userProperties ?? {}).reduce(
    (sum, [name, value]) => sum + [value].flat().reduce((bytes, one) => bytes + Buffer.byteLength(name) + Buffer.byteLength(one), 0),
    0,
  );

/** Limits of MQTT 5 properties (GR). */
export const areWithinLimits = (properties: Properties): boolean =>
  Buffer.byteLength(properties.contentType ?? '') <= quotas.contentTypeBytes &&
  (properties.correlationData?.length ?? 0) <= quotas.correlationDataBytes &&
  userPropertyBytes(properties.userProperties) <= quotas.userPropertiesBytes;

/** A Response Topic is a topic to publish to. [MQTT-3.3.2-14] */
export const hasUsableResponseTopic = ({ responseTopic }: Properties): boolean => responseTopic === undefined || isTopicName(responseTopic);

/** What travels on to subscribers; alias, expiry and subscription identifiers are each hop's own. */
export const forwardable = (properties: Properties): MessageProperties => {
  const { payloadFormatIndicator, responseTopic, correlationData, userProperties, contentType } = properties;
  return {
    ...(payloadFormatIndicator === undefined ? {} : { payloadFormatIndicator }),
    ...(responseTopic === undefined ? {} : { responseTopic }),
    ...(correlationData === undefined ? {} : { correlationData }),
    ...(userProperties === undefined ? {} : { userProperties }),
    ...(contentType === undefined ? {} : { contentType }),
  };
};

/** Seconds, from 1 to what AWS keeps a message for; "if the interval is set to 0 from the client side, it will be adjusted to 1" (DG:mqtt). */
export const expirySecondsOf = (properties: { readonly messageExpiryInterval?: number } | undefined): number | undefined =>
  properties?.messageExpiryInterval === undefined
    ? undefined
    : Math.min(Math.max(properties.messageExpiryInterval, 1), quotas.maxMessageExpirySeconds);
