import * as z from 'zod/mini';
import { lineName } from '../identifiers.ts';
import { keyId } from '../manufacturer.ts';
import { defineOperation } from '../operation.ts';
import { recipientJwk } from '../sealing.ts';
import { serialNumber } from '../serial-number.ts';

/** What one call reads together. */
export const MAX_ISSUED_KEYS = 100;

const serials = z.array(serialNumber).check(
  z.minLength(1),
  z.maxLength(MAX_ISSUED_KEYS),
  z.refine((all) => new Set(all).size === all.length, 'expected each serial number once'),
);

const result = z.object({
  serialNumber,
  outcome: z.enum(['issued', 'refused']),
  /** Why it was refused. */
  why: z.optional(z.string()),
});

export type KeyIssueResult = z.infer<typeof result>;

/**
 * Derives the keys of devices and answers with them encrypted to a public key: never in the clear, and the same whenever
 * it is asked again.
 */
export const keysIssue = defineOperation({
  name: 'keys.issue',
  roles: ['factory', 'operator'],
  isChange: true,
  needsTwo: false,
  input: z.strictObject({
    line: lineName,
    keyVersion: z.int().check(z.minimum(1), z.maximum(9999)),
    serialNumbers: serials,
    recipient: recipientJwk,
  }),
  output: z.object({
    /** One for each serial number, in their order. */
    results: z.array(result),
    /** The thumbprint of the recipient's key. */
    kid: keyId,
    /** A JWE in compact form (RFC 7516 §7.1) with the keys that were issued; none where none was, or in a dry run. */
    sealed: z.exactOptional(z.string()),
  }),
});
