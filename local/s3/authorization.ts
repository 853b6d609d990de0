import type { Account } from '../account.ts';
import type { OperationInput } from '../gateway/operation.ts';
import { textIn } from '../iam/access/input-reading.ts';
import type { AccessMapping, ServiceAuthorization } from '../iam/access/service-authorization.ts';
import { serviceAuthorization } from '../iam/access/service-authorization.ts';
import { resourceGrammar } from '../policy/iam-grammars.ts';
import { policyReader } from '../policy/policy-reader.ts';
import type { BucketStore } from './bucket-store.ts';
import type { KeyUse } from '../kms/key-use.ts';
import { type KeyRequests, keyRequests } from './key-requests.ts';
import { objectsToDelete } from './operations/delete-objects.ts';
import { bypassOf } from './operations/lock-headers.ts';
import type { S3Request } from './s3-request.ts';

/** What a request names, as the API calls its members. */
export const s3Input = (request: S3Request): OperationInput => ({
  ...Object.fromEntries(request.query),
  Bucket: request.bucketName,
  Key: request.key,
  Body: request.body,
  ObjectLockMode: request.headers['x-amz-object-lock-mode'],
  BypassGovernanceRetention: String(bypassOf(request).bypassesGovernance),
});

const bucketArn = (input: OperationInput): string => `arn:aws:s3:::${textIn(input, 'Bucket') ?? ''}`;
const objectArn = (input: OperationInput, key = textIn(input, 'Key') ?? ''): string => `${bucketArn(input)}/${key}`;

const onBucket =
  (action: string): AccessMapping =>
  (input) => [{ action, resource: bucketArn(input) }];

const onObject =
  (action: string): AccessMapping =>
  (input) => [{ action, resource: objectArn(input) }];

/** Another action where the request names a version. */
const onVersion =
  (action: string): AccessMapping =>
  (input) => [{ action: textIn(input, 'versionId') === undefined ? action : `${action}Version`, resource: objectArn(input) }];

/** Who says that governance mode shall not count must be allowed to, whatever there is to bypass. */
const bypassing: AccessMapping = (input) =>
  textIn(input, 'BypassGovernanceRetention') === 'true' ? [{ action: 's3:BypassGovernanceRetention', resource: objectArn(input) }] : [];

const locking: AccessMapping = (input) =>
  textIn(input, 'ObjectLockMode') === undefined ? [] : [{ action: 's3:PutObjectRetention', resource: objectArn(input) }];

const allOf =
  (...mappings: readonly AccessMapping[]): AccessMapping =>
  (input) =>
    mappings.flatMap((mapping) => mapping(input));

const addressIn = (input: OperationInput) => ({
  bucketName: textIn(input, 'Bucket') ?? '',
  key: textIn(input, 'Key') ?? '',
  versionId: textIn(input, 'versionId'),
});

/** What touches the bytes of objects, and so their keys. */
const onBytes = ({ toRead, toWrite }: KeyRequests): Readonly<Record<string, AccessMapping>> => {
  const reading = allOf(onVersion('s3:GetObject'), (input) => toRead(addressIn(input)));
  const writing = allOf(onObject('s3:PutObject'), locking, (input) => toWrite(addressIn(input)));
  // S3 User Guide, "Multipart upload API and permissions": the parts are read again to be put together.
  const inParts = allOf(onObject('s3:PutObject'), locking, (input) => toWrite(addressIn(input), ['kms:GenerateDataKey', 'kms:Decrypt']));
  return {
    ...{ GetObject: reading, HeadObject: reading, PutObject: writing },
    ...{ CreateMultipartUpload: inParts, UploadPart: inParts, CompleteMultipartUpload: inParts },
  };
};

const deleting: AccessMapping = (input) => {
  const body = input['Body'];
  return objectsToDelete(Buffer.isBuffer(body) ? body : Buffer.alloc(0)).Object.flatMap(({ Key, VersionId }) => [
    { action: VersionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion', resource: objectArn(input, Key) },
    ...bypassing({ ...input, Key }),
  ]);
};

/** S3 User Guide, "Required permissions for Amazon S3 API operations". */
const operations: Readonly<Record<string, AccessMapping>> = {
  ListBuckets: () => [{ action: 's3:ListAllMyBuckets', resource: '*' }],
  CreateBucket: onBucket('s3:CreateBucket'),
  DeleteBucket: onBucket('s3:DeleteBucket'),
  HeadBucket: onBucket('s3:ListBucket'),
  GetBucketLocation: onBucket('s3:GetBucketLocation'),
  GetBucketVersioning: onBucket('s3:GetBucketVersioning'),
  PutBucketVersioning: onBucket('s3:PutBucketVersioning'),
  PutBucketEncryption: onBucket('s3:PutEncryptionConfiguration'),
  PutBucketLifecycleConfiguration: onBucket('s3:PutLifecycleConfiguration'),
  PutBucketLogging: onBucket('s3:PutBucketLogging'),
  PutBucketOwnershipControls: onBucket('s3:PutBucketOwnershipControls'),
  PutBucketTagging: onBucket('s3:PutBucketTagging'),
  PutPublicAccessBlock: onBucket('s3:PutBucketPublicAccessBlock'),
  GetObjectLockConfiguration: onBucket('s3:GetBucketObjectLockConfiguration'),
  PutObjectLockConfiguration: onBucket('s3:PutBucketObjectLockConfiguration'),
  GetBucketEncryption: onBucket('s3:GetEncryptionConfiguration'),
  GetBucketPolicy: onBucket('s3:GetBucketPolicy'),
  PutBucketPolicy: onBucket('s3:PutBucketPolicy'),
  DeleteBucketPolicy: onBucket('s3:DeleteBucketPolicy'),
  ListObjects: onBucket('s3:ListBucket'),
  ListObjectsV2: onBucket('s3:ListBucket'),
  ListObjectVersions: onBucket('s3:ListBucketVersions'),
  DeleteObjects: deleting,
  DeleteObject: allOf(onVersion('s3:DeleteObject'), bypassing),
  GetObjectRetention: onObject('s3:GetObjectRetention'),
  PutObjectRetention: allOf(onObject('s3:PutObjectRetention'), bypassing),
  AbortMultipartUpload: onObject('s3:AbortMultipartUpload'),
};

/** What IAM must allow for S3. The ARNs of buckets name no account: all are the account's own. */
export const s3Authorization = (account: Account, buckets: BucketStore, keyUse?: KeyUse): ServiceAuthorization => {
  const read = policyReader(resourceGrammar);
  return serviceAuthorization({
    account,
    prefix: 's3',
    denial: { code: 'AccessDenied', status: 403, resource: (arn) => `"${arn}"` },
    operations: { ...operations, ...onBytes(keyRequests(account, buckets, keyUse)) },
    policiesOf: (arn) => {
      const name = arn.replace('arn:aws:s3:::', '').split('/')[0] ?? '';
      const text = buckets.has(name) ? buckets.get(name).policy : undefined;
      return text === undefined ? undefined : { documents: [read(text)] };
    },
    contextOf: (_arn, input) => ({
      's3:prefix': textIn(input, 'prefix'),
      's3:delimiter': textIn(input, 'delimiter'),
      's3:max-keys': textIn(input, 'max-keys'),
      's3:VersionId': textIn(input, 'versionId'),
      's3:ResourceAccount': account.accountId,
      's3:object-lock-mode': textIn(input, 'ObjectLockMode'),
    }),
  });
};
