import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { RestJsonOperation } from '../../gateway/rest-json.ts';
import type { BrokerCore } from '../broker/core.ts';
import type { RetainedMessage } from '../broker/retained-messages.ts';
import { rateExceeded } from './rate-exceeded.ts';

const invalid = 'InvalidRequestException';

const takeRate = ({ throttle }: BrokerCore): void => {
  if (!throttle.take('retainedReads')) throw rateExceeded();
};

const userPropertiesOf = ({ message }: RetainedMessage): { readonly userProperties?: string } => {
  const properties = Object.entries(message.properties?.userProperties ?? {});
  if (properties.length === 0) return {};
  const pairs = properties.flatMap(([name, values]) => [values].flat().map((value) => ({ [name]: value })));
  return { userProperties: Buffer.from(JSON.stringify(pairs)).toString('base64') };
};

/** https://docs.aws.amazon.com/iot/latest/apireference/API_iotdata_GetRetainedMessage.html */
export const getRetainedMessage = (core: BrokerCore): RestJsonOperation => ({
  binding: { method: 'GET', uri: '/retainedMessage/{topic+}' },
  handle: (members) => {
    const { topic } = parseInput(z.object({ topic: z.string().min(1) }), members, invalid);
    takeRate(core);
    const retained = core.retained.find(topic);
    core.log({
      eventType: 'GetRetainedMessage',
      status: retained === undefined ? 'Failure' : 'Success',
      protocol: 'HTTP',
      topicName: topic,
    });
    if (retained === undefined) throw new AwsError('ResourceNotFoundException', `No retained message exists for ${topic}`, { status: 404 });
    const { message, storedAtMs } = retained;
    return { topic, payload: message.payload, qos: message.qos, lastModifiedTime: storedAtMs, ...userPropertiesOf(retained) };
  },
});

const listInput = z.object({
  nextToken: z.string().optional(),
  maxResults: z.coerce.number().int().min(1).max(200).default(25),
});

/** https://docs.aws.amazon.com/iot/latest/apireference/API_iotdata_ListRetainedMessages.html; the token is the last topic. */
export const listRetainedMessages = (core: BrokerCore): RestJsonOperation => ({
  binding: { method: 'GET', uri: '/retainedMessage', query: { nextToken: 'nextToken', maxResults: 'maxResults' } },
  handle: (members) => {
    const { nextToken, maxResults } = parseInput(listInput, members, invalid);
    takeRate(core);
    const after = nextToken === undefined ? undefined : Buffer.from(nextToken, 'base64url').toString();
    const remaining = core.retained.list().filter(({ message }) => after === undefined || message.topic > after);
    const page = remaining.slice(0, maxResults);
    const last = remaining.length > maxResults ? page.at(-1) : undefined;
    return {
      retainedTopics: page.map(({ message: { topic, payload, qos }, storedAtMs }) => ({
        ...{ topic, payloadSize: payload.length, qos, lastModifiedTime: storedAtMs },
      })),
      ...(last === undefined ? {} : { nextToken: Buffer.from(last.message.topic).toString('base64url') }),
    };
  },
});
