import type { Account } from '../account.ts';
import type { Clock } from '../clock.ts';
import type { BucketStore } from './bucket-store.ts';
import { MultipartUploads } from './multipart-uploads.ts';
import { objectLockOperations } from './operations/bucket-object-lock.ts';
import { bucketOperations } from './operations/bucket-operations.ts';
import { deleteObjects } from './operations/delete-objects.ts';
import { listObjectVersions, listObjects, listObjectsV2 } from './operations/list-objects.ts';
import { multipartOperations } from './operations/multipart-operations.ts';
import { objectOperations } from './operations/object-operations.ts';
import { retentionOperations } from './operations/object-retention.ts';
import type { S3Operation, S3Request } from './s3-request.ts';

/** Query parameters that choose another operation than the method and path alone would (S3 API reference). */
const subresources = new Set(
  'accelerate acl analytics cors delete encryption intelligent-tiering inventory legal-hold lifecycle list-type location logging metrics notification object-lock ownershipControls partNumber policy policyStatus publicAccessBlock replication requestPayment restore retention select tagging torrent uploadId uploads versioning versions website attributes'.split(
    ' ',
  ),
);

type Routed = Omit<S3Request, 'caller'>;

const levelOf = (request: Routed): string => {
  if (request.bucketName === '') return 'service';
  return request.key === '' ? 'bucket' : 'object';
};

/** e.g. `GET bucket ?list-type` or `PUT object ?partNumber&uploadId`: the key into the table of operations. */
export const routeOf = (request: Routed): string => {
  const chosen = [...new Set(request.query.keys())].filter((name) => subresources.has(name)).sort();
  return `${request.method} ${levelOf(request)}${chosen.length === 0 ? '' : ` ?${chosen.join('&')}`}`;
};

/** An operation, and the requests that mean it. */
export interface RoutedOperation {
  readonly route: string;
  readonly run: S3Operation;
}

/** Every S3 operation that the local AWS has, by its API name. */
export const s3Operations = (buckets: BucketStore, account: Account, clock: Clock): Readonly<Record<string, RoutedOperation>> => {
  const bucket = bucketOperations(buckets, account);
  const object = objectOperations(buckets, clock);
  const [lock, retention] = [objectLockOperations(buckets), retentionOperations(buckets, clock)];
  const multipart = multipartOperations({ buckets, uploads: new MultipartUploads(), clock });
  return {
    ListBuckets: { route: 'GET service', run: bucket.listBuckets },
    CreateBucket: { route: 'PUT bucket', run: bucket.create },
    HeadBucket: { route: 'HEAD bucket', run: bucket.head },
    DeleteBucket: { route: 'DELETE bucket', run: bucket.delete },
    GetBucketLocation: { route: 'GET bucket ?location', run: bucket.getLocation },
    GetBucketVersioning: { route: 'GET bucket ?versioning', run: bucket.getVersioning },
    PutBucketVersioning: { route: 'PUT bucket ?versioning', run: bucket.putVersioning },
    GetBucketEncryption: { route: 'GET bucket ?encryption', run: bucket.getEncryption },
    PutBucketEncryption: { route: 'PUT bucket ?encryption', run: bucket.putEncryption },
    GetBucketPolicy: { route: 'GET bucket ?policy', run: bucket.getPolicy },
    PutBucketPolicy: { route: 'PUT bucket ?policy', run: bucket.putPolicy },
    DeleteBucketPolicy: { route: 'DELETE bucket ?policy', run: bucket.deletePolicy },
    GetObjectLockConfiguration: { route: 'GET bucket ?object-lock', run: lock.get },
    PutObjectLockConfiguration: { route: 'PUT bucket ?object-lock', run: lock.put },
    ListObjects: { route: 'GET bucket', run: listObjects(buckets) },
    ListObjectsV2: { route: 'GET bucket ?list-type', run: listObjectsV2(buckets) },
    ListObjectVersions: { route: 'GET bucket ?versions', run: listObjectVersions(buckets) },
    DeleteObjects: { route: 'POST bucket ?delete', run: deleteObjects(buckets) },
    PutObject: { route: 'PUT object', run: object.put },
    GetObject: { route: 'GET object', run: object.get },
    HeadObject: { route: 'HEAD object', run: object.head },
    DeleteObject: { route: 'DELETE object', run: object.delete },
    GetObjectRetention: { route: 'GET object ?retention', run: retention.get },
    PutObjectRetention: { route: 'PUT object ?retention', run: retention.put },
    CreateMultipartUpload: { route: 'POST object ?uploads', run: multipart.create },
    UploadPart: { route: 'PUT object ?partNumber&uploadId', run: multipart.uploadPart },
    CompleteMultipartUpload: { route: 'POST object ?uploadId', run: multipart.complete },
    AbortMultipartUpload: { route: 'DELETE object ?uploadId', run: multipart.abort },
  };
};
