import { decode, encode } from 'cborg';
import type { PayloadCodec } from './payload-codec.ts';
import { StrictTokenizer } from './strict-tokenizer.ts';

/**
 * CBOR (RFC 8949) as far as it says what JSON can say: maps with text keys, lists, text, numbers, booleans and null. Refused
 * are bytes after the value, repeated keys, byte strings, tags, `undefined`, text that is no UTF-8, and deep nesting.
 */
export const cborCodec = ({ allowsIndefiniteLengths }: { readonly allowsIndefiniteLengths: boolean }): PayloadCodec => ({
  format: 'cbor',
  decode: (payload): unknown => {
    const tokenizer = new StrictTokenizer(payload, { allowIndefinite: allowsIndefiniteLengths });
    return decode(payload, { tokenizer, rejectDuplicateMapKeys: true });
  },
  encode: (value) => Buffer.from(encode(value)),
});
