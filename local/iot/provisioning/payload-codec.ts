/** How payloads are written; the last level of the request's topic names it (DG:fleet-provision-api). */
export interface PayloadCodec {
  readonly format: 'json' | 'cbor';
  /** Throws on bytes that are not exactly one value of the format. */
  decode(payload: Buffer): unknown;
  encode(value: Readonly<Record<string, unknown>>): Buffer;
}
