import type { IncomingMessage } from 'node:http';
import { AwsError } from '../aws-error.ts';

const maxBodyBytes = 256 * 1024 * 1024;

/** The whole body of a request, with `aws-chunked` framing removed. */
export const readBody = async (message: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > maxBodyBytes) throw new AwsError('RequestEntityTooLarge', `The body exceeds ${maxBodyBytes} bytes.`, { status: 413 });
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  return isAwsChunked(message) ? decodeAwsChunked(body) : body;
};

const isAwsChunked = (message: IncomingMessage): boolean =>
  (message.headers['content-encoding'] ?? '').includes('aws-chunked') ||
  String(message.headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-');

/**
 * S3's own framing inside HTTP: `<hex size>[;chunk-signature=…]\r\n<bytes>\r\n`, a chunk of size 0, then trailers
 * (S3 API reference, "Signature calculations: transferring payload in multiple chunks").
 */
export const decodeAwsChunked = (body: Buffer): Buffer => {
  const pieces: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = body.indexOf('\r\n', at);
    const size = lineEnd < 0 ? Number.NaN : Number.parseInt(body.toString('latin1', at, lineEnd).split(';')[0] ?? '', 16);
    if (Number.isNaN(size)) throw new AwsError('IncompleteBody', 'The aws-chunked body ends before its last chunk.');
    if (size === 0) return Buffer.concat(pieces);
    pieces.push(body.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
};
