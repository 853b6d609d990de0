import type { Account } from '../../account.ts';
import { AwsError } from '../../aws-error.ts';
import { contextOf } from '../../policy/context.ts';
import { evaluate } from '../../policy/evaluate.ts';
import { resourceGrammar } from '../../policy/iam-grammars.ts';
import { policyReader } from '../../policy/policy-reader.ts';
import type { BucketStore } from '../../s3/bucket-store.ts';
import type { Trail } from '../trail.ts';

const service = 'cloudtrail.amazonaws.com';

/** A gzip file for a trail's bucket. */
export interface TrailFile {
  readonly key: string;
  readonly body: Buffer;
  /** Metadata of the object, by name without `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Where trails write their files. */
export interface TrailBuckets {
  /** Refuses a trail whose bucket is not there or does not let CloudTrail in. */
  check(trail: Pick<Trail, 'arn' | 'settings'>): void;
  /** Writes a file. Throws `NoSuchBucket` or `AccessDenied`. */
  put(trail: Pick<Trail, 'arn' | 'settings'>, file: TrailFile): void;
}

/** `<prefix>/AWSLogs/<account>` */
export const folderOf = ({ accountId }: Account, { settings }: Pick<Trail, 'settings'>): string =>
  `${settings.keyPrefix === undefined ? '' : `${settings.keyPrefix}/`}AWSLogs/${accountId}`;

/** Buckets of this account, under their own policies (CloudTrail User Guide, "Amazon S3 bucket policy for CloudTrail"). */
export const trailBuckets = (account: Account, buckets: BucketStore): TrailBuckets => {
  const read = policyReader(resourceGrammar);
  const isLet = ({ arn, settings }: Pick<Trail, 'arn' | 'settings'>, action: string, key?: string): boolean => {
    const { policy } = buckets.get(settings.bucketName);
    const variables = contextOf({
      ...{ 'aws:SourceAccount': account.accountId, 'aws:SourceArn': arn, 'aws:SecureTransport': 'true' },
      ...(key === undefined ? {} : { 's3:x-amz-acl': 'bucket-owner-full-control' }),
    });
    const resource = `arn:${account.partition}:s3:::${settings.bucketName}${key === undefined ? '' : `/${key}`}`;
    const question = { principal: { service }, action, resource, variables };
    return policy !== undefined && evaluate([read(policy)], question).decision === 'allowed';
  };
  return {
    check: (trail) => {
      const { bucketName } = trail.settings;
      if (!buckets.has(bucketName)) throw new AwsError('S3BucketDoesNotExistException', `S3 bucket ${bucketName} does not exist!`);
      if (isLet(trail, 's3:GetBucketAcl') && isLet(trail, 's3:PutObject', `${folderOf(account, trail)}/some`)) return;
      throw new AwsError('InsufficientS3BucketPolicyException', `Incorrect S3 bucket policy is detected for bucket: ${bucketName}`);
    },
    put: (trail, { key, body, metadata }) => {
      if (!isLet(trail, 's3:PutObject', key)) throw new AwsError('AccessDenied', 'Access Denied', { status: 403 });
      const stored = Object.fromEntries(Object.entries(metadata).map(([name, value]) => [`x-amz-meta-${name}`, value]));
      const headers = { 'content-encoding': 'gzip', ...stored };
      buckets.get(trail.settings.bucketName).put(key, { body, contentType: 'application/json', headers });
    },
  };
};
