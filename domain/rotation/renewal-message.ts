import * as z from 'zod/mini';
import { rotationId } from './rotation.ts';

/**
 * What a device sends to `<own root>/credential/ask`, at most 16 KiB of JSON. `offer` is in the words of its approach:
 *
 * - `pki`: `csr`, a PKCS#10 request in PEM for its next key
 * - `psk`: `recipient`, a public key (RFC 7517, EC P-256) that was made for this, to which the next key is encrypted
 * - `oauth`: `publicKey`, SubjectPublicKeyInfo in PEM, and `proof`, a JWS by that key (claims `rotation`, `sub` with the thing's name, `iat`)
 */
export const renewalRequest = z.object({ rotation: rotationId, offer: z.record(z.string(), z.unknown()) });

export type RenewalAsk = z.infer<typeof renewalRequest>;

/**
 * What it is told on `<own root>/credential/tell`. `credential` is in the words of its approach:
 *
 * - `pki`: `certificateId` and `certificatePem`
 * - `psk`: `sealed`, a compact JWE (RFC 7516) of JSON with `key` (base64url) and `keyVersion`
 * - `oauth`: nothing; the key is known from now on
 *
 * A device that hears nothing asks again: the same key gets the same answer.
 */
export const renewalAnswer = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('given'), rotation: rotationId, credential: z.record(z.string(), z.unknown()) }),
  /** For good: asking again is in vain. Why stands in the audit record. */
  z.object({ outcome: z.literal('refused'), rotation: rotationId }),
]);

export type RenewalAnswer = z.infer<typeof renewalAnswer>;
