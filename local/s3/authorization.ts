import type { Account } from '../account.ts';
import type { OperationInput } from '../gateway/operation.ts';
import { textIn } from '../iam/access/input-reading.ts';
import type { AccessMapping, ServiceAuthorization } from '../iam/access/service-authorization.ts';
import { serviceAuthorization } from '../iam/access/service-authorization.ts';
import { resourceGrammar } from '../policy/iam-grammars.ts';
import { policyReader } from '../policy/policy-reader.ts';
import type { BucketStore } from './bucket-store.ts';
import { objectsToDelete } from './operations/delete-objects.ts';
import type { S3Request } from './s3-request.ts';

/** What a request names, as the API calls its members. */
export const s3Input = (request: S3Request): OperationInput => ({
  ...Object.fromEntries(request.query),
  Bucket: request.bucketName,
  Key: request.key,
  Body: request.body,
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

const deleting: AccessMapping = (input) => {
  const body = input['Body'];
  return objectsToDelete(Buffer.isBuffer(body) ? body : Buffer.alloc(0)).Object.map(({ Key, VersionId }) => ({
    action: VersionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion',
    resource: objectArn(input, Key),
  }));
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
  GetBucketEncryption: onBucket('s3:GetEncryptionConfiguration'),
  GetBucketPolicy: onBucket('s3:GetBucketPolicy'),
  PutBucketPolicy: onBucket('s3:PutBucketPolicy'),
  DeleteBucketPolicy: onBucket('s3:DeleteBucketPolicy'),
  ListObjectsV2: onBucket('s3:ListBucket'),
  ListObjectVersions: onBucket('s3:ListBucketVersions'),
  DeleteObjects: deleting,
  GetObject: onVersion('s3:GetObject'),
  HeadObject: onVersion('s3:GetObject'),
  DeleteObject: onVersion('s3:DeleteObject'),
  PutObject: onObject('s3:PutObject'),
  CreateMultipartUpload: onObject('s3:PutObject'),
  UploadPart: onObject('s3:PutObject'),
  CompleteMultipartUpload: onObject('s3:PutObject'),
  AbortMultipartUpload: onObject('s3:AbortMultipartUpload'),
};

/** What IAM must allow for S3. The ARNs of buckets name no account: all are the account's own. */
export const s3Authorization = (account: Account, buckets: BucketStore): ServiceAuthorization => {
  const read = policyReader(resourceGrammar);
  return serviceAuthorization({
    account,
    prefix: 's3',
    denial: { code: 'AccessDenied', status: 403, resource: (arn) => `"${arn}"` },
    operations,
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
    }),
  });
};
