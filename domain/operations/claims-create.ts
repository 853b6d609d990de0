import * as z from 'zod/mini';
import { claimName, lineName } from '../identifiers.ts';
import { defineOperation } from '../operation.ts';
import { claimIssue, manifestDigest, serialRange } from './claim-view.ts';

export const csrPem = z.string().check(z.minLength(1), z.maxLength(8192));
export const quota = z.int().check(z.minimum(1), z.maximum(10_000_000));
export const contact = z.string().check(z.minLength(1), z.maxLength(200));

/**
 * Makes a claim for a key that the caller keeps: only the request for its certificate travels. The name makes it idempotent:
 * the same request again answers with the same claim.
 */
export const claimsCreate = defineOperation({
  name: 'claims.create',
  roles: ['factory', 'operator'],
  isChange: true,
  needsTwo: false,
  input: z.strictObject({
    name: claimName,
    line: lineName,
    csrPem,
    quota,
    /** Now, unless given. */
    opensAt: z.exactOptional(z.number()),
    expiresAt: z.number(),
    contact: z.exactOptional(contact),
    range: z.exactOptional(serialRange),
    manifest: z.exactOptional(manifestDigest),
  }),
  output: claimIssue,
});
