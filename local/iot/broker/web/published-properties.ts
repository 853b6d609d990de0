import * as z from 'zod';

import { AwsError } from '../../../aws-error.ts';
import type { UnsignedRequest } from '../../../gateway/unsigned-request.ts';
import type { MessageProperties } from '../../connection.ts';
import { areWithinLimits, expirySecondsOf, forwardable, hasUsableResponseTopic } from '../message-properties.ts';

export interface PublishedProperties {
  /** Undefined where there are none. */
  readonly properties: MessageProperties | undefined;
  readonly expirySeconds: number | undefined;
}

const invalid = (message: string): AwsError => new AwsError('InvalidRequestException', message);

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;

const bytesOf = (header: string, value: string): Buffer => {
  if (!base64.test(value)) throw invalid(`${header} must be in Base64.`);
  return Buffer.from(value, 'base64');
};

const pairs = z.array(z.record(z.string(), z.string()));

const jsonIn = (bytes: Buffer): unknown => {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
};

/** A name may come more than once: it then has all its values, in order. [MQTT-3.3.2-18] */
const userPropertiesIn = (value: string): Readonly<Record<string, string | string[]>> => {
  const header = 'x-amz-mqtt5-user-properties';
  const parsed = pairs.safeParse(jsonIn(bytesOf(header, value)));
  if (!parsed.success) throw invalid(`${header} must be a JSON array of objects with texts, such as [{"name": "value"}], in Base64.`);
  const values = new Map<string, string[]>();
  for (const [name, text] of parsed.data.flatMap((pair) => Object.entries(pair))) values.set(name, [...(values.get(name) ?? []), text]);
  return Object.fromEntries([...values].map(([name, texts]) => [name, texts.length === 1 ? (texts[0] ?? '') : texts]));
};

const isUtf8 = (indicator: string): boolean => {
  if (indicator === 'UTF8_DATA' || indicator === 'UNSPECIFIED_BYTES') return indicator === 'UTF8_DATA';
  throw invalid('x-amz-mqtt5-payload-format-indicator must be UTF8_DATA or UNSPECIFIED_BYTES.');
};

const expiryIn = (text: string): number | undefined => {
  if (!/^\d{1,15}$/.test(text)) throw invalid('messageExpiry must be a whole number of seconds.');
  return expirySecondsOf({ messageExpiryInterval: Number(text) });
};

/** MQTT 5 properties travel in the query and in headers (API reference, Publish). Throws `InvalidRequestException`. */
export const publishedProperties = ({ query, headers }: Pick<UnsignedRequest, 'query' | 'headers'>): PublishedProperties => {
  const [contentType, responseTopic, expiry] = ['contentType', 'responseTopic', 'messageExpiry'].map(
    (name) => query.get(name) ?? undefined,
  );
  const correlationData = headers['x-amz-mqtt5-correlation-data'];
  const userProperties = headers['x-amz-mqtt5-user-properties'];
  const indicator = headers['x-amz-mqtt5-payload-format-indicator'];
  const properties = forwardable({
    ...(contentType === undefined ? {} : { contentType }),
    ...(responseTopic === undefined ? {} : { responseTopic }),
    ...(correlationData === undefined ? {} : { correlationData: bytesOf('x-amz-mqtt5-correlation-data', correlationData) }),
    ...(userProperties === undefined ? {} : { userProperties: userPropertiesIn(userProperties) }),
    ...(indicator === undefined ? {} : { payloadFormatIndicator: isUtf8(indicator) }),
  });
  if (!areWithinLimits(properties)) throw invalid('Content type, correlation data or user properties are longer than they may be.');
  if (!hasUsableResponseTopic(properties)) throw invalid('responseTopic is not a topic that can be published to.');
  const isEmpty = Object.keys(properties).length === 0;
  return { properties: isEmpty ? undefined : properties, expirySeconds: expiry === undefined ? undefined : expiryIn(expiry) };
};
