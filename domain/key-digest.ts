import { createHash } from 'node:crypto';
import type { KeyDigest } from './identifiers.ts';

/** The digest that names a public key: SHA-256 of its SubjectPublicKeyInfo in DER (RFC 5280 §4.1). */
export const keyDigestOf = (spki: Uint8Array): KeyDigest => createHash('sha256').update(spki).digest('hex') as KeyDigest;
