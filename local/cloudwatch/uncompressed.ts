import { gunzip } from 'node:zlib';
import { promisify } from 'node:util';
import type { ApiRequest } from '../gateway/api-service.ts';
import { invalidValue } from './cloudwatch-errors.ts';

/** CloudWatch API Reference, PutMetricData: what a request may hold once it is uncompressed. */
const maxBytes = 1_048_576;

const unzip = promisify(gunzip);

/** The request with a plain body: SDKs compress large requests of operations that say so (`@requestCompression`). */
export const uncompressed = async (request: ApiRequest): Promise<ApiRequest> => {
  if (request.headers['content-encoding'] !== 'gzip') return request;
  const body = await unzip(request.body, { maxOutputLength: maxBytes }).catch(() => undefined);
  if (body === undefined) throw invalidValue(`The body must be gzip, and at most ${maxBytes} bytes uncompressed.`);
  return { ...request, body };
};
