import * as z from 'zod/mini';

/** Bytes as text that has no second spelling: no other alphabet, padding or loose bits at the end (RFC 4648 §3.5). */
const canonical = (encoding: 'base64' | 'base64url', isLength: (bytes: number) => boolean) =>
  z.string().check(
    z.refine((text) => {
      const bytes = Buffer.from(text, encoding);
      return bytes.toString(encoding) === text && isLength(bytes.length);
    }),
  );

/** DER in base64, as certificates and keys travel in PEM. */
export const derText = canonical('base64', (bytes) => bytes > 0);

/** A MAC or signature of some such length, in base64url. */
export const bytesText = (isLength: (bytes: number) => boolean) => canonical('base64url', isLength);
