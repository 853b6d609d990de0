import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { AwsError } from '../aws-error.ts';
import type { ApiResponse } from '../gateway/api-service.ts';
import type { UnsignedRequest } from '../gateway/unsigned-request.ts';
import { signRequest } from './sign-request.ts';
import type { ForeignEndpoint } from './foreign-endpoint.ts';

/** Headers of one connection, which mean nothing on another. */
const bound = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'expect']);

export interface Forwarding {
  readonly endpoint: ForeignEndpoint;
  readonly service: string;
  readonly region: string;
  readonly nowMs: number;
}

const exchange = (endpoint: string, { method, path, query, headers, body }: UnsignedRequest): Promise<ApiResponse> =>
  new Promise((resolve, reject) => {
    const search = query.toString();
    const url = new URL(search === '' ? path : `${path}?${search}`, endpoint);
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const outgoing = send(url, { method, headers: { ...headers, 'content-length': String(body.length) } }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const answered = Object.entries(incoming.headers).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
        const passed = Object.fromEntries(answered.filter(([name]) => !bound.has(name)));
        resolve({ status: incoming.statusCode ?? 502, headers: passed, body: Buffer.concat(chunks) });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });

/** Sends a request to a foreign endpoint as it is, or signed anew where that needs other credentials. Rejects with a fault that names the endpoint. */
export const forwardRequest = async (request: UnsignedRequest, forwarding: Forwarding): Promise<ApiResponse> => {
  const { endpoint, service } = forwarding;
  const kept = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !bound.has(name)));
  const moved = { ...request, headers: { ...kept, host: new URL(endpoint.url).host } };
  const sent = endpoint.credentials === undefined ? moved : signRequest(moved, endpoint.credentials, forwarding);
  try {
    return await exchange(endpoint.url, sent);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AwsError('InternalServerError', `${service} at ${endpoint.url} does not answer: ${why}`, { status: 500 });
  }
};
