import * as z from 'zod/mini';
import type { RequirementDescription } from '../../../domain/enroller.ts';
import type { KeyDigest } from '../../../domain/identifiers.ts';
import { keyDigestOf } from '../../../domain/key-digest.ts';
import { nameClaim, sha256Claim } from './claims.ts';

const MAX_KEY_LENGTH = 1024;

/** A SubjectPublicKeyInfo in base64, in its one spelling. */
const publicKey = z.string().check(
  z.maxLength(MAX_KEY_LENGTH),
  z.refine((text) => text.length > 0 && Buffer.from(text, 'base64').toString('base64') === text),
);

const byIssuer = z.strictObject({ issuer: nameClaim, subject: nameClaim, keyThumbprint: z.exactOptional(sha256Claim) });
const byKey = z.strictObject({ publicKey, nextPublicKey: z.exactOptional(publicKey) });

const requirement = z.union([
  z.pipe(
    byIssuer,
    z.transform((fields) => ({ kind: 'access-token' as const, ...fields })),
  ),
  z.pipe(
    byKey,
    z.transform((fields) => ({ kind: 'device-token' as const, ...fields })),
  ),
]);

/**
 * What an enrollment asks of its device:
 * - a token of this issuer for this subject and, where there is a thumbprint (RFC 7638), a proof by this key
 * - a token signed by one of these keys; two while one takes over from the other
 */
export type OAuthRequirement = z.infer<typeof requirement>;

/** Reads what an enrollment asks for, or returns `undefined` where it asks for what OAuth does not know. */
export const readOAuthRequirement = (recorded: unknown): OAuthRequirement | undefined => z.safeParse(requirement, recorded).data;

/** What anybody may know of a requirement; nothing in it is secret. `undefined` where OAuth does not know it. */
export const describeOAuthRequirement = (recorded: unknown): RequirementDescription | undefined => {
  const required = readOAuthRequirement(recorded);
  if (required === undefined) return undefined;
  if (required.kind === 'device-token') {
    const { publicKey: current, nextPublicKey: next } = required;
    const named = { publicKey: keyDigestIn(current), ...(next === undefined ? {} : { nextPublicKey: keyDigestIn(next) }) };
    return { attestation: 'pinned-key', details: named, keys: Object.values(named) };
  }
  const { issuer, subject, keyThumbprint } = required;
  return keyThumbprint === undefined
    ? { attestation: 'device-secret', details: { issuer, subject } }
    : { attestation: 'pinned-key', details: { issuer, subject, keyThumbprint } };
};

/** What a SubjectPublicKeyInfo in base64 is called on record. */
export const keyDigestIn = (spki: string): KeyDigest => keyDigestOf(Buffer.from(spki, 'base64'));
