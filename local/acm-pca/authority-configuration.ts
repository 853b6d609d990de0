import * as z from 'zod';
import { asn1Subject } from './asn1-subject.ts';
import { keyUsageMembers } from './issuing/key-usage.ts';

/** API reference, CertificateAuthorityConfiguration; SM2 exists in other partitions only. */
export const keyAlgorithms = ['RSA_2048', 'RSA_3072', 'RSA_4096', 'EC_prime256v1', 'EC_secp384r1', 'EC_secp521r1'] as const;

export const signingAlgorithms = [
  'SHA256WITHECDSA',
  'SHA384WITHECDSA',
  'SHA512WITHECDSA',
  'SHA256WITHRSA',
  'SHA384WITHRSA',
  'SHA512WITHRSA',
] as const;

export type KeyAlgorithm = (typeof keyAlgorithms)[number];
export type SigningAlgorithm = (typeof signingAlgorithms)[number];

export const authorityConfiguration = z.object({
  KeyAlgorithm: z.enum(keyAlgorithms),
  SigningAlgorithm: z.enum(signingAlgorithms),
  Subject: asn1Subject,
  CsrExtensions: z.object({ KeyUsage: keyUsageMembers.optional() }).optional(),
});

const cname = z
  .string()
  .max(253)
  .regex(/^[-a-zA-Z0-9;/?:@&=+$,%_.!~*()']*$/);

const crlConfiguration = z
  .object({
    Enabled: z.boolean(),
    ExpirationInDays: z.int().min(1).max(5000).optional(),
    CustomCname: cname.optional(),
    S3BucketName: z.string().min(3).max(255).optional(),
    S3ObjectAcl: z.enum(['PUBLIC_READ', 'BUCKET_OWNER_FULL_CONTROL']).optional(),
    CrlDistributionPointExtensionConfiguration: z.object({ OmitExtension: z.boolean() }).optional(),
    CrlType: z.literal('COMPLETE').optional(),
  })
  .refine(
    ({ Enabled, ExpirationInDays, S3BucketName }) => !Enabled || (ExpirationInDays !== undefined && S3BucketName !== undefined),
    'a list that is enabled needs ExpirationInDays and S3BucketName',
  );

/** How an authority tells that it has revoked a certificate; both ways are off unless enabled. OCSP is stored, nobody answers. */
export const revocationConfiguration = z.object({
  CrlConfiguration: crlConfiguration.default({ Enabled: false }),
  OcspConfiguration: z.object({ Enabled: z.boolean(), OcspCustomCname: cname.optional() }).default({ Enabled: false }),
});

export type AuthorityConfiguration = z.output<typeof authorityConfiguration>;
export type RevocationConfiguration = z.output<typeof revocationConfiguration>;
