import * as z from 'zod';
import type { Bucket } from '../bucket.ts';

const schema = z.object({
  ServerSideEncryptionConfiguration: z.tuple([
    z.object({
      ServerSideEncryptionByDefault: z.object({ SSEAlgorithm: z.string(), KMSMasterKeyID: z.string().optional() }),
      BucketKeyEnabled: z.boolean().optional(),
    }),
  ]),
});

/** A bucket's default encryption; without a setting it is SSE-S3 (S3 User Guide, "Setting default server-side encryption"). */
export const encryptionOf = (bucket: Bucket): object => {
  const parsed = schema.safeParse(bucket.settings['BucketEncryption']);
  const rule = parsed.success
    ? parsed.data.ServerSideEncryptionConfiguration[0]
    : { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } };
  return {
    Rule: {
      ApplyServerSideEncryptionByDefault: rule.ServerSideEncryptionByDefault,
      BucketKeyEnabled: 'BucketKeyEnabled' in rule ? (rule.BucketKeyEnabled ?? false) : false,
    },
  };
};
