import type { PayloadCodec } from './payload-codec.ts';

// Bytes that are no UTF-8 are refused rather than replaced, so that no two different requests read the same.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export const jsonCodec: PayloadCodec = {
  format: 'json',
  decode: (payload): unknown => JSON.parse(utf8.decode(payload)),
  encode: (value) => Buffer.from(JSON.stringify(value)),
};
