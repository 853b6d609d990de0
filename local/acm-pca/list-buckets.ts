import type { Account } from '../account.ts';
import { isJsonObject } from '../json-object.ts';
import { contextOf } from '../policy/context.ts';
import { evaluate } from '../policy/evaluate.ts';
import { resourceGrammar } from '../policy/iam-grammars.ts';
import { policyReader } from '../policy/policy-reader.ts';
import type { BucketStore } from '../s3/bucket-store.ts';
import type { Bucket } from '../s3/bucket.ts';
import type { ListBuckets } from './revocation/list-publisher.ts';

const service = 'acm-pca.amazonaws.com';

/** User Guide, "Access policies for CRLs in Amazon S3": on the bucket, and on what is in it. */
const onBucket = ['s3:GetBucketAcl', 's3:GetBucketLocation'];
const onObjects = ['s3:PutObject', 's3:PutObjectAcl'];

/** S3 User Guide, "Blocking public access": so since April 2023, unless somebody opens the bucket. */
const blocksPublicAcls = ({ settings }: Bucket): boolean => {
  const block = settings['PublicAccessBlockConfiguration'];
  return !isJsonObject(block) || block['BlockPublicAcls'] !== false;
};

/** Buckets of this account, under their own policies. */
export const listBuckets = (account: Account, buckets: BucketStore): ListBuckets => {
  const read = policyReader(resourceGrammar);
  const variables = contextOf({ 'aws:SourceAccount': account.accountId, 'aws:SecureTransport': 'true' });
  const lets = (policy: string, action: string, resource: string): boolean =>
    evaluate([read(policy)], { principal: { service }, action, resource, variables }).decision === 'allowed';
  return {
    isWritable: (name, isPublic) => {
      const bucket = buckets.has(name) ? buckets.get(name) : undefined;
      const policy = bucket?.policy;
      if (bucket === undefined || policy === undefined || (isPublic && blocksPublicAcls(bucket))) return false;
      const arn = `arn:${account.partition}:s3:::${name}`;
      return (
        onBucket.every((action) => lets(policy, action, arn)) && onObjects.every((action) => lets(policy, action, `${arn}/crl/list.crl`))
      );
    },
    put: (name, key, body) => {
      buckets.get(name).put(key, { body, contentType: 'application/pkix-crl', headers: {} });
    },
  };
};
