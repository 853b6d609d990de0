import type { Account } from '../account.ts';
import type { AccessRequest } from '../iam/access/access-request.ts';
import type { KeyUse } from '../kms/key-use.ts';
import type { BucketStore } from './bucket-store.ts';
import { bucketKeyHeader, encryptionHeaders, keyHeader } from './operations/bucket-encryption.ts';

interface Address {
  readonly bucketName: string;
  readonly key: string;
  readonly versionId?: string | undefined;
}

/** What whoever writes and reads encrypted objects must be allowed with their key. */
export interface KeyRequests {
  readonly toWrite: (address: Address, actions?: readonly string[]) => readonly AccessRequest[];
  readonly toRead: (address: Address) => readonly AccessRequest[];
}

/**
 * S3 uses keys in the name of its caller (S3 User Guide, "Using server-side encryption with AWS KMS keys", "Permissions"): writing takes
 * `kms:GenerateDataKey` on the bucket's key, reading `kms:Decrypt` on the one that the object was written under.
 */
export const keyRequests = (account: Account, buckets: BucketStore, keyUse: KeyUse | undefined): KeyRequests => {
  const requests = ({ bucketName, key }: Address, actions: readonly string[], headers: Readonly<Record<string, string>>) => {
    const named = headers[keyHeader];
    if (named === undefined || keyUse === undefined) return [];
    const bucketArn = `arn:${account.partition}:s3:::${bucketName}`;
    // With a bucket key the whole bucket is the context (S3 User Guide, "Changes to encryption context").
    const arn = headers[bucketKeyHeader] === 'true' ? bucketArn : `${bucketArn}/${key}`;
    const service = `s3.${account.region}.amazonaws.com`;
    return keyUse.forCaller({ key: named, actions, service, encryptionContext: { 'aws:s3:arn': arn } });
  };
  return {
    toWrite: (address, actions = ['kms:GenerateDataKey']) =>
      buckets.has(address.bucketName) ? requests(address, actions, encryptionHeaders(buckets.get(address.bucketName))) : [],
    toRead: (address) => {
      const found = buckets.has(address.bucketName) ? buckets.get(address.bucketName).find(address.key, address.versionId) : undefined;
      return found === undefined ? [] : requests(address, ['kms:Decrypt'], found.headers);
    },
  };
};
