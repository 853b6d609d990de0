import * as z from 'zod/mini';
import { keyUsages } from '../issuance/certificate-terms.ts';
import { authorityModes } from '../issuance/private-ca-prices.ts';
import { signingAlgorithms } from '../issuance/signing-algorithm.ts';

/** What a factory line makes at its fastest; AWS Private CA issues 25 certificates a second for an account. */
const MAX_PER_HOUR = 90_000;

const authorityArn = z.string().check(z.regex(/^arn:aws[a-z-]*:acm-pca:[a-z0-9-]+:\d{12}:certificate-authority\/[\w-]+$/));

/** An authority of one's own, at AWS Private CA, that signs in place of AWS IoT. */
export const certificateAuthority = z.strictObject({
  /** One that there is, also of another account; else a root and a subordinate are made. */
  arn: z.optional(authorityArn),
  mode: z._default(z.enum(authorityModes), 'GENERAL_PURPOSE'),
  /** Of one that there is. */
  signingAlgorithm: z.optional(z.enum(signingAlgorithms)),
  /** In the subject of those that are made. */
  organization: z.optional(z.string().check(z.minLength(1), z.maxLength(64))),
  certificatesPerDevicePerDay: z._default(z.int().check(z.minimum(1), z.maximum(1_000)), 10),
  certificatesPerClaimPerHour: z._default(z.int().check(z.minimum(1), z.maximum(MAX_PER_HOUR)), 500),
});

/** Settings that the account has once, and that reach whoever else uses it: each is said here before it is made. */
export const accountWide = z.strictObject({
  certificateProvider: z.optional(z.literal('manage')),
  /** The audit configuration of AWS IoT Device Defender. */
  deviceDefender: z.optional(z.literal('manage')),
  /** Detect, the other half of Device Defender, for an account that used it before AWS closed it to new customers (31 August 2026). */
  detect: z.optional(z.literal('use')),
  /** AWS IoT's own log, whose failures are put on record: as the account has it, or switched on where nobody has. */
  iotLogging: z.optional(z.enum(['use', 'manage'])),
  /** A trail of CloudTrail, made where the account has none that logs. One that is there is read in any case. */
  trail: z.optional(z.literal('manage')),
});

/** What the own authority issues to devices of a line. */
export const lineCertificate = z.strictObject({
  validityDays: z.optional(z.int().check(z.minimum(1), z.maximum(1825))),
  keyUsage: z.optional(z.array(z.enum(keyUsages)).check(z.minLength(1), z.maxLength(keyUsages.length))),
});
