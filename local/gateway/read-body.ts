import type { IncomingMessage } from 'node:http';
import { AwsError } from '../aws-error.ts';

// AWS takes 5 GB at once from S3's customers; a process that keeps everything in memory does not.
const maxBodyBytes = 256 * 1024 * 1024;

// Who does not sign talks to an API of API Gateway, which takes 10 MB, or to a function's URL, which takes 6 MB.
const maxUnsignedBytes = 10 * 1024 * 1024;

/** How many bytes a request may have. */
export const bodyLimit = (isSigned: boolean): number => (isSigned ? maxBodyBytes : maxUnsignedBytes);

const tooLarge = (limit: number): AwsError => new AwsError('RequestEntityTooLarge', `The body exceeds ${limit} bytes.`, { status: 413 });

/** The whole body of a request, with `aws-chunked` framing removed. Rejects with `RequestEntityTooLarge` beyond the limit. */
export const readBody = async (message: IncomingMessage, limit: number): Promise<Buffer> => {
  if (Number(message.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  return isAwsChunked(message) ? decodeAwsChunked(body) : body;
};

const isAwsChunked = (message: IncomingMessage): boolean =>
  (message.headers['content-encoding'] ?? '').includes('aws-chunked') ||
  String(message.headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-');

// A size and a signature.
const maxChunkLine = 200;

/**
 * S3's own framing inside HTTP: `<hex size>[;chunk-signature=…]\r\n<bytes>\r\n`, a chunk of size 0, then trailers
 * (S3 API reference, "Signature calculations: transferring payload in multiple chunks").
 */
export const decodeAwsChunked = (body: Buffer): Buffer => {
  const pieces: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = body.indexOf('\r\n', at);
    const [digits = ''] = lineEnd < 0 ? [] : body.toString('latin1', at, Math.min(lineEnd, at + maxChunkLine)).split(';');
    const size = /^[0-9a-f]{1,8}$/i.test(digits) ? Number.parseInt(digits, 16) : Number.NaN;
    if (Number.isNaN(size)) throw new AwsError('IncompleteBody', 'The aws-chunked body ends before its last chunk.');
    if (size === 0) return Buffer.concat(pieces);
    pieces.push(body.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
};
