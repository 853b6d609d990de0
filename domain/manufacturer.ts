import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { Branded } from './branded.ts';
import { type LineName, lineName } from './identifiers.ts';

/** Who made devices or the chips in them. */
export type ManufacturerName = Branded<string, 'ManufacturerName'>;
/** The name of a public key: its JWK thumbprint (RFC 7638) with SHA-256. */
export type KeyId = Branded<string, 'KeyId'>;

export const manufacturerName = z.pipe(
  z.string().check(z.regex(/^[a-z0-9-]{1,32}$/, 'expected 1 to 32 lower-case letters, digits and dashes')),
  z.transform((value) => value as ManufacturerName),
);

const digest = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/, 'expected a SHA-256 in base64url'));

export const keyId = z.pipe(
  digest,
  z.transform((value) => value as KeyId),
);

const number = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,1366}$/));

/** A public key as a JWK (RFC 7517) with the members that a thumbprint is made of and no other: least of all a private one. */
export const publicJwk = z.discriminatedUnion('kty', [
  z.strictObject({ kty: z.literal('EC'), crv: z.enum(['P-256', 'P-384']), x: number, y: number }),
  z.strictObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: number }),
  z.strictObject({ kty: z.literal('RSA'), n: number, e: number }),
]);

export type PublicJwk = z.infer<typeof publicJwk>;

/** A key that manifests are signed with. */
export const manufacturerKey = z.object({
  name: manufacturerName,
  kid: keyId,
  jwk: publicJwk,
  /** Milliseconds since the epoch; signatures are accepted from then on. */
  notBefore: z.number(),
  /** Milliseconds since the epoch; signatures are accepted until then. */
  notAfter: z.number(),
  /** The lines whose devices it may vouch for. */
  lines: z.array(lineName).check(z.minLength(1), z.maxLength(32)),
  /** SHA-256 of the certificate that the key came in, in base64url: how some vendors name it (RFC 7515 §4.1.8). */
  certificateDigest: z.exactOptional(digest),
});

export type ManufacturerKey = z.infer<typeof manufacturerKey>;

/** The clocks of factories, operators and AWS need not agree better than this. */
export const CLOCK_SKEW_MS = 300_000;

// RFC 7638 §3.2: the required members in the order of their names.
const members = { EC: ['crv', 'kty', 'x', 'y'], OKP: ['crv', 'kty', 'x'], RSA: ['e', 'kty', 'n'] } as const;

/** The thumbprint of a key (RFC 7638). */
export const keyIdOf = (jwk: PublicJwk): KeyId => {
  const required = Object.fromEntries(members[jwk.kty].map((member): [string, unknown] => [member, Reflect.get(jwk, member)]));
  return createHash('sha256').update(JSON.stringify(required)).digest('base64url') as KeyId;
};

/** Why a key may not vouch for anything now, as a sentence, or `undefined` when it may. */
export const refusalOfTime = ({ kid, name, notBefore, notAfter }: ManufacturerKey, at: number): string | undefined => {
  const key = `The key ${kid} of "${name}"`;
  if (at + CLOCK_SKEW_MS < notBefore)
    return `${key} is valid from ${new Date(notBefore).toISOString()} on, and it is ${new Date(at).toISOString()}: wait, or look at the clocks.`;
  if (at - CLOCK_SKEW_MS >= notAfter)
    return `${key} expired at ${new Date(notAfter).toISOString()}: have the manifest signed with a key that is valid, and register that.`;
  return undefined;
};

/** Whether a key may vouch for devices of a line. */
export const mayVouchFor = (key: ManufacturerKey, line: LineName): boolean => key.lines.includes(line);
