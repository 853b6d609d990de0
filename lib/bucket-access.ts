import { Aws, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { allow } from './allow.ts';

/** The key of a bucket as far as S3 uses it on the caller's behalf, and no further. */
const keyAccess = ({ encryptionKey }: Bucket, actions: readonly string[]): readonly PolicyStatement[] =>
  encryptionKey === undefined
    ? []
    : [
        new PolicyStatement({
          actions: [...actions],
          resources: [encryptionKey.keyArn],
          conditions: { StringEquals: { 'kms:ViaService': `s3.${Aws.REGION}.amazonaws.com` } },
        }),
      ];

/** Puts objects whose keys fit the patterns, and nothing else: no reading, no deleting. */
export const writesObjects = (bucket: Bucket, patterns: readonly string[]): readonly PolicyStatement[] => [
  allow(
    ['s3:PutObject'],
    patterns.map((pattern) => bucket.arnForObjects(pattern)),
  ),
  ...keyAccess(bucket, ['kms:GenerateDataKey']),
];

/** Lists, reads and deletes objects whose keys fit the pattern. Whoever may not list is not told that an object is not there. */
export const worksOffObjects = (bucket: Bucket, pattern: string): readonly PolicyStatement[] => [
  allow(['s3:ListBucket'], [bucket.bucketArn]),
  allow(['s3:GetObject', 's3:DeleteObject'], [bucket.arnForObjects(pattern)]),
  ...keyAccess(bucket, ['kms:Decrypt']),
];

/** Adds objects and reads every version of them; takes none away, and no lock off. */
export const keepsObjects = (bucket: Bucket, patterns: readonly string[]): readonly PolicyStatement[] => [
  allow(['s3:ListBucket', 's3:ListBucketVersions'], [bucket.bucketArn]),
  allow(
    ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'],
    patterns.map((pattern) => bucket.arnForObjects(pattern)),
  ),
  ...keyAccess(bucket, ['kms:Decrypt', 'kms:GenerateDataKey']),
];

/** Lists what there is, and reads and replaces one object. */
export const keepsObject = (bucket: Bucket, key: string): readonly PolicyStatement[] => [
  allow(['s3:ListBucket'], [bucket.bucketArn]),
  allow(['s3:GetObject', 's3:PutObject'], [bucket.arnForObjects(key)]),
  ...keyAccess(bucket, ['kms:Decrypt', 'kms:GenerateDataKey']),
];

/** Lists all versions, and reads those of objects whose keys fit the patterns: for people, who change nothing. */
export const readsVersions = (bucket: Bucket, patterns: readonly string[]): readonly PolicyStatement[] => [
  allow(['s3:ListBucketVersions'], [bucket.bucketArn]),
  allow(
    ['s3:GetObjectVersion'],
    patterns.map((pattern) => bucket.arnForObjects(pattern)),
  ),
  ...keyAccess(bucket, ['kms:Decrypt']),
];

/** Answers what cdk-nag asks about a pattern of keys in a bucket of another stack, which its finding calls by the name of the export. */
export const acknowledgeObjects = (scope: Construct, bucket: Bucket, patterns: readonly string[]): void => {
  const owner = Stack.of(bucket);
  const { 'Fn::ImportValue': name } = owner.resolve(owner.exportValue(bucket.bucketArn)) as { readonly 'Fn::ImportValue': string };
  Validations.of(scope).acknowledge(
    ...patterns.map((pattern) => ({
      id: `AwsSolutions-IAM5[Resource::${name}/${pattern}]`,
      reason: 'An object is named by what is in it, or by its number, neither of which is known before.',
    })),
  );
};
