import { createHash } from 'node:crypto';
import { signatureOf } from '../gateway/sigv4.ts';
import type { UnsignedRequest } from '../gateway/unsigned-request.ts';
import type { ForeignEndpoint } from './foreign-endpoint.ts';

const withoutSignature = ({ headers }: UnsignedRequest): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => !['authorization', 'x-amz-date', 'x-amz-security-token', 'x-amz-content-sha256'].includes(name),
    ),
  );

const withoutPresigning = ({ query }: UnsignedRequest): URLSearchParams =>
  new URLSearchParams([...query].filter(([name]) => !name.toLowerCase().startsWith('x-amz-')));

/** The request signed by Signature Version 4 with these credentials, whoever had signed it before. */
export const signRequest = (
  request: UnsignedRequest,
  credentials: NonNullable<ForeignEndpoint['credentials']>,
  { service, region, nowMs }: { readonly service: string; readonly region: string; readonly nowMs: number },
): UnsignedRequest => {
  const stamp = new Date(nowMs).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = { accessKeyId: credentials.accessKeyId, date: stamp.slice(0, 8), region, signingName: service };
  const signed = {
    host: request.headers['host'] ?? '',
    'x-amz-content-sha256': createHash('sha256').update(request.body).digest('hex'),
    'x-amz-date': stamp,
    ...(credentials.sessionToken === undefined ? {} : { 'x-amz-security-token': credentials.sessionToken }),
  };
  const names = Object.keys(signed).join(';');
  const credential = [scope.accessKeyId, scope.date, region, service, 'aws4_request'].join('/');
  const authorization = (signature: string): string =>
    `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`;
  const query = withoutPresigning(request);
  const unsigned = { ...request, query, headers: { ...withoutSignature(request), ...signed, authorization: authorization('') } };
  const signature = signatureOf(credentials.secretAccessKey, unsigned, scope);
  return { ...unsigned, headers: { ...unsigned.headers, authorization: authorization(signature) } };
};
