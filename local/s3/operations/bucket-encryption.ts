import * as z from 'zod';
import { XMLParser } from 'fast-xml-parser';
import type { Bucket } from '../bucket.ts';
import type { BucketStore } from '../bucket-store.ts';
import { malformedXml } from '../s3-errors.ts';
import type { S3Operation } from '../s3-request.ts';

const schema = z.object({
  ServerSideEncryptionConfiguration: z.tuple([
    z.object({
      ServerSideEncryptionByDefault: z.object({ SSEAlgorithm: z.string(), KMSMasterKeyID: z.string().optional() }),
      BucketKeyEnabled: z.boolean().optional(),
    }),
  ]),
});

type Rule = z.output<typeof schema>['ServerSideEncryptionConfiguration'][0];

const ruleOf = (bucket: Bucket): Rule => {
  const parsed = schema.safeParse(bucket.settings['BucketEncryption']);
  const [rule] = parsed.success ? parsed.data.ServerSideEncryptionConfiguration : [undefined];
  return rule ?? { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } };
};

export const keyHeader = 'x-amz-server-side-encryption-aws-kms-key-id';
export const bucketKeyHeader = 'x-amz-server-side-encryption-bucket-key-enabled';

/** What is answered with every object that is written now. */
export const encryptionHeaders = (bucket: Bucket): Readonly<Record<string, string>> => {
  const { ServerSideEncryptionByDefault: usual, BucketKeyEnabled = false } = ruleOf(bucket);
  return {
    'x-amz-server-side-encryption': usual.SSEAlgorithm,
    ...(usual.KMSMasterKeyID === undefined ? {} : { [keyHeader]: usual.KMSMasterKeyID }),
    ...(BucketKeyEnabled ? { [bucketKeyHeader]: 'true' } : {}),
  };
};

/** A bucket's default encryption; without a setting it is SSE-S3 (S3 User Guide, "Setting default server-side encryption"). */
export const encryptionOf = (bucket: Bucket): object => {
  const { ServerSideEncryptionByDefault, BucketKeyEnabled = false } = ruleOf(bucket);
  return { Rule: { ApplyServerSideEncryptionByDefault: ServerSideEncryptionByDefault, BucketKeyEnabled } };
};

const parser = new XMLParser({ parseTagValue: false });
const body = z.object({
  ServerSideEncryptionConfiguration: z.object({
    Rule: z.object({
      ApplyServerSideEncryptionByDefault: z.object({
        SSEAlgorithm: z.enum(['AES256', 'aws:kms', 'aws:kms:dsse']),
        KMSMasterKeyID: z.string().optional(),
      }),
      BucketKeyEnabled: z.stringbool().optional(),
    }),
  }),
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketEncryption.html */
export const putEncryption =
  (buckets: BucketStore): S3Operation =>
  (request) => {
    const bucket = buckets.get(request.bucketName);
    const parsed = body.safeParse(parser.parse(request.body));
    if (!parsed.success) throw malformedXml();
    const { ApplyServerSideEncryptionByDefault: usual, BucketKeyEnabled } = parsed.data.ServerSideEncryptionConfiguration.Rule;
    const rule = { ServerSideEncryptionByDefault: usual, BucketKeyEnabled };
    bucket.settings = { ...bucket.settings, BucketEncryption: { ServerSideEncryptionConfiguration: [rule] } };
    return { status: 200 };
  };
