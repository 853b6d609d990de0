import * as z from 'zod';
import type { RestJsonOperation } from '../../gateway/rest-json.ts';
import type { BrokerCore } from '../broker/core.ts';
import { publishRequest } from '../broker/web/publish-over-http.ts';

const parameters = ['qos', 'retain', 'contentType', 'responseTopic', 'messageExpiry'] as const;

const headers = ['x-amz-mqtt5-correlation-data', 'x-amz-mqtt5-user-properties', 'x-amz-mqtt5-payload-format-indicator'] as const;

const input = z.object({ topic: z.string(), payload: z.instanceof(Buffer) });

const textsIn = (members: Readonly<Record<string, unknown>>, names: readonly string[]): readonly (readonly [string, string])[] =>
  names.flatMap((name) => {
    const value = members[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });

const sameName = (names: readonly string[]): Readonly<Record<string, string>> => Object.fromEntries(names.map((name) => [name, name]));

/** https://docs.aws.amazon.com/iot/latest/apireference/API_iotdata_Publish.html, judged and counted like messages that come over HTTPS. */
export const publishByApi = (core: BrokerCore): RestJsonOperation => ({
  binding: { method: 'POST', uri: '/topics/{topic+}', query: sameName(parameters), headers: sameName(headers), payload: 'payload' },
  handle: (members, caller) => {
    const { topic, payload } = input.parse(members);
    const query = new URLSearchParams(Object.fromEntries(textsIn(members, parameters)));
    publishRequest(
      core,
      { certificateId: undefined, clientId: '', sourceIp: '127.0.0.1', caller },
      { topic, query, headers: Object.fromEntries(textsIn(members, headers)), body: payload },
    );
    return undefined;
  },
});
