import type { IncomingMessage } from 'node:http';
import type { UnsignedRequest } from '../../../gateway/unsigned-request.ts';
import type { Presented } from '../../custom-authentication/presented.ts';
import { AwsError } from '../../../aws-error.ts';
import { quotas } from '../quotas.ts';

/** A request without its body. */
export const headOf = ({ method = 'GET', url = '/', headers }: IncomingMessage): UnsignedRequest => {
  const at = url.indexOf('?');
  const texts = Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : (value ?? '')]);
  return {
    method,
    path: at < 0 ? url : url.slice(0, at),
    query: new URLSearchParams(at < 0 ? '' : url.slice(at + 1)),
    headers: Object.fromEntries(texts) as Readonly<Record<string, string>>, // pairs of texts
    body: Buffer.alloc(0),
  };
};

/** The body, no longer than a message may be. */
export const readPayload = async (message: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > quotas.payloadBytes)
      throw new AwsError('RequestEntityTooLargeException', `A payload has at most ${quotas.payloadBytes} bytes.`, { status: 413 });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

/** What an authorizer is told of a request. */
export const httpPresented = (message: IncomingMessage): NonNullable<Presented['http']> => {
  const { headers } = headOf(message);
  const at = message.url?.indexOf('?') ?? -1;
  return at < 0 ? { headers } : { headers, queryString: message.url?.slice(at) };
};
