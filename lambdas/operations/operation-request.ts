import * as z from 'zod/mini';
import { OperationError } from '../../domain/operation-error.ts';
import { mistakesOf } from './input-mistakes.ts';

/** Of JSON; a hundred rows of an import with a certificate each are a fifth of it. */
export const MAX_BODY_BYTES = 1_048_576;

const httpEvent = z.object({
  requestContext: z.object({ http: z.object({ method: z.string(), path: z.string() }) }),
  body: z.optional(z.string()),
  isBase64Encoded: z.optional(z.boolean()),
});

// Strict: a field that we do not know might be one that somebody believes in, such as a caller's name.
const request = z.strictObject({ operation: z.string(), input: z.optional(z.unknown()), dryRun: z._default(z.boolean(), false) });

export type OperationRequest = z.infer<typeof request>;

/** @throws OperationError `ERR_INPUT` */
export const readRequest = (event: unknown): OperationRequest => {
  const { requestContext, body = '', isBase64Encoded = false } = z.parse(httpEvent, event);
  const { method, path } = requestContext.http;
  if (method !== 'POST' || path !== '/') throw refused(`got ${method} ${path}; allowed is POST /`);
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.byteLength > MAX_BODY_BYTES) throw refused(`got a body of ${bytes.byteLength} bytes; allowed are ${MAX_BODY_BYTES}`);
  const json = parseJson(bytes);
  const parsed = z.safeParse(request, json);
  if (!parsed.success) throw refused(mistakesOf(parsed.error, json));
  return parsed.data;
};

const parseJson = (bytes: Buffer): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    throw refused('got a body that is not JSON in UTF-8; allowed is {"operation", "input", "dryRun"}');
  }
};

const refused = (why: string): OperationError => new OperationError('ERR_INPUT', why);
