import * as z from 'zod/mini';
import { keyId, type ManufacturerKey } from '../../../domain/manufacturer.ts';
import { CommandError } from '../../command-error.ts';
import type { RegisteredKeys } from '../registered-keys.ts';
import { algorithms, fits } from './algorithms.ts';
import { type ContentCheck, checkContent } from './content-check.ts';
import type { ManifestSignature } from './manifest-signature.ts';

// Strict: a parameter that is not understood may change what was signed. `crit` may name `b64` only (RFC 7797 §6).
const header = z.strictObject({
  alg: z.enum(algorithms),
  kid: keyId,
  b64: z.optional(z.boolean()),
  crit: z.optional(z.array(z.literal('b64')).check(z.length(1))),
  typ: z.optional(z.string()),
});

type Header = z.infer<typeof header>;

const COMPACT = /^([A-Za-z0-9_-]+)\.\.([A-Za-z0-9_-]+)$/;

export const isCompactJws = (text: string): boolean => /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]+$/.test(text.trim());

/**
 * A detached JWS (RFC 7515 appendix F) over the bytes of a file: as they are (`"b64":false`, RFC 7797) or in base64url.
 * @throws CommandError where it is none that is accepted, or nobody registered its key.
 */
export const readDetachedJws = (path: string, text: string, keys: RegisteredKeys): ManifestSignature => {
  const [, protectedText, signatureText] = COMPACT.exec(text.trim()) ?? [];
  if (protectedText === undefined || signatureText === undefined)
    throw new CommandError(`${path} is no detached JWS: expected <protected header>..<signature>, with nothing between the dots.`);
  const { alg, kid, b64 } = readHeader(path, protectedText);
  const key = keyOf(path, kid, keys);
  if (!fits(alg, key.jwk))
    throw new CommandError(`${path} says ${alg}, which the key ${kid} of "${key.name}" cannot make; have it signed anew.`);
  const content = checkContent({ algorithm: alg, jwk: key.jwk, signature: Buffer.from(signatureText, 'base64url') });
  content.update(Buffer.from(`${protectedText}.`));
  return { kid, key, check: b64 === false ? content : inBase64Url(content) };
};

const readHeader = (path: string, text: string): Header => {
  try {
    const found = z.parse(header, JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    // RFC 7797 §6: whoever does not know `b64` must not verify something else.
    if ((found.b64 !== undefined) === (found.crit !== undefined)) return found;
  } catch (cause) {
    throw refusedHeader(path, cause);
  }
  throw refusedHeader(path, undefined);
};

const refusedHeader = (path: string, cause: unknown): CommandError =>
  new CommandError(
    `${path}: its protected header is not accepted. It needs "alg" (${algorithms.join(', ')}), "kid" (the key's thumbprint, RFC 7638), ` +
      'for a file that is signed as it is "b64":false with "crit":["b64"], and nothing else.',
    { cause },
  );

const keyOf = (path: string, kid: string, keys: RegisteredKeys): ManufacturerKey => {
  const key = keys.find((one) => one.kid === kid);
  if (key !== undefined) return key;
  throw new CommandError(
    `${path} was signed with the key ${kid}, which nobody registered. If it is a manufacturer's: muster manufacturers add <name> --key <file>`,
  );
};

// Three bytes make four characters; what is left over waits for more.
const inBase64Url = (content: ContentCheck): ContentCheck => {
  let rest = Buffer.alloc(0);
  const pass = (bytes: Buffer): void => {
    content.update(Buffer.from(bytes.toString('base64url')));
  };
  return {
    update: (bytes) => {
      const all = Buffer.concat([rest, bytes]);
      const whole = all.length - (all.length % 3);
      pass(all.subarray(0, whole));
      rest = Buffer.from(all.subarray(whole));
    },
    isRight: () => {
      pass(rest);
      return content.isRight();
    },
  };
};
