import * as z from 'zod';
import type { ApiResponse } from '../../gateway/api-service.ts';
import { isJsonObject } from '../../json-object.ts';

const structured = z.object({
  statusCode: z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)]).refine((code) => code >= 100 && code <= 599),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String)).nullish(),
  cookies: z.array(z.string()).nullish(),
  body: z.union([z.string(), z.record(z.string(), z.unknown()).transform((value) => JSON.stringify(value))]).nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/** The length and the framing are the gateway's own. */
const framing = ['content-length', 'transfer-encoding', 'connection'];

const ownHeaders = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers)
      .map(([name, value]): [string, string] => [name.toLowerCase(), value])
      .filter(([name]) => !framing.includes(name)),
  );

const inferred = (payload: unknown): ApiResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: typeof payload === 'string' ? payload : JSON.stringify(payload),
});

/**
 * What a function's answer means in payload format 2.0: an HTTP response if it has a `statusCode`, else its JSON is the
 * body of a 200. Undefined where it has a `statusCode` and is no response.
 */
export const httpResponse = (payload: unknown): ApiResponse | undefined => {
  if (!isJsonObject(payload) || payload['statusCode'] === undefined) return inferred(payload);
  const parsed = structured.safeParse(payload);
  if (!parsed.success) return undefined;
  const { statusCode, headers, cookies, body, isBase64Encoded } = parsed.data;
  return {
    status: statusCode,
    headers: { 'content-type': 'text/plain;charset=utf-8', ...ownHeaders(headers ?? {}) },
    ...(cookies === null || cookies === undefined ? {} : { cookies }),
    body: isBase64Encoded === true ? Buffer.from(body ?? '', 'base64') : (body ?? ''),
  };
};
