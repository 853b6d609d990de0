/** How payloads are written; the last level of the request's topic names it. */
export interface PayloadCodec {
  readonly format: string;
  /** Throws on bytes that are no value of the format. */
  decode(payload: Buffer): unknown;
  encode(value: Readonly<Record<string, unknown>>): Buffer;
}

// Bytes that are no UTF-8 are refused rather than replaced, so that no two different requests read the same.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export const jsonCodec: PayloadCodec = {
  format: 'json',
  decode: (payload): unknown => JSON.parse(utf8.decode(payload)),
  encode: (value) => Buffer.from(JSON.stringify(value)),
};
