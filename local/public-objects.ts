import type { Account } from './account.ts';
import { contextOf } from './policy/context.ts';
import { evaluate } from './policy/evaluate.ts';
import { resourceGrammar } from './policy/iam-grammars.ts';
import { policyReader } from './policy/policy-reader.ts';
import type { BucketStore } from './s3/bucket-store.ts';

/** `http://<bucket>.s3.<region>.amazonaws.com/<key>` */
const objectUrl = /^http:\/\/([a-z0-9.-]+)\.s3\.[a-z0-9-]+\.amazonaws\.com\/(.+)$/;

const stranger = { arn: 'arn:aws:iam::000000000000:user/stranger', accountId: '000000000000' };

/** Reads objects of this account's buckets by their address, as far as the buckets' policies let strangers: this process asks no other server. */
export const publicObjects = (account: Account, buckets: BucketStore): ((url: string) => Buffer | undefined) => {
  const read = policyReader(resourceGrammar);
  const variables = contextOf({ 'aws:SecureTransport': 'false' });
  const isPublic = (policy: string, resource: string): boolean =>
    evaluate([read(policy)], { principal: stranger, action: 's3:GetObject', resource, variables }).decision === 'allowed';
  return (url) => {
    const [, name = '', key = ''] = objectUrl.exec(url) ?? [];
    const policy = buckets.has(name) ? buckets.get(name).policy : undefined;
    if (policy === undefined || !isPublic(policy, `arn:${account.partition}:s3:::${name}/${key}`)) return undefined;
    return buckets.findObject(name, key)?.body;
  };
};
