import * as z from 'zod';
import { jsonTextProperty, parseProperties } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider, ResourceState } from '../../cloudformation/resource-provider.ts';
import { synchronousProvider } from '../../cloudformation/synchronous-provider.ts';
import type { AskIam } from '../../iam/access/guard-operations.ts';
import type { BucketStore } from '../bucket-store.ts';
import { storeBucketPolicy } from '../operations/bucket-operations.ts';

const type = 'AWS::S3::BucketPolicy';
const schema = z.strictObject({ Bucket: z.string(), PolicyDocument: jsonTextProperty });

/** `AWS::S3::BucketPolicy`: its physical id is the bucket's name. */
export const bucketPolicyResource = (buckets: BucketStore, ask: AskIam): ResourceProvider => {
  const store = (raw: Properties): ResourceState => {
    const { Bucket, PolicyDocument } = parseProperties(type, schema, raw);
    ask('PutBucketPolicy', { Bucket });
    storeBucketPolicy(buckets, Bucket, PolicyDocument);
    return { physicalId: Bucket, attributes: {} };
  };
  return synchronousProvider({
    type,
    createOnly: ['Bucket'],
    create: store,
    update: (_state, { to }) => store(to),
    delete: (state) => {
      ask('DeleteBucketPolicy', { Bucket: state.physicalId });
      if (buckets.has(state.physicalId)) buckets.get(state.physicalId).policy = undefined;
    },
  });
};
