import type { Account } from '../account.ts';
import type { BucketStore } from './bucket-store.ts';
import { MultipartUploads } from './multipart-uploads.ts';
import { bucketOperations } from './operations/bucket-operations.ts';
import { deleteObjects } from './operations/delete-objects.ts';
import { listObjectVersions, listObjectsV2 } from './operations/list-objects.ts';
import { multipartOperations } from './operations/multipart-operations.ts';
import { objectOperations } from './operations/object-operations.ts';
import type { S3Operation, S3Request } from './s3-request.ts';

/** Query parameters that choose another operation than the method and path alone would (S3 API reference). */
const subresources = new Set(
  'accelerate acl analytics cors delete encryption intelligent-tiering inventory legal-hold lifecycle list-type location logging metrics notification object-lock ownershipControls partNumber policy policyStatus publicAccessBlock replication requestPayment restore retention select tagging torrent uploadId uploads versioning versions website attributes'.split(
    ' ',
  ),
);

const levelOf = (request: S3Request): string => {
  if (request.bucketName === '') return 'service';
  return request.key === '' ? 'bucket' : 'object';
};

/** e.g. `GET bucket ?list-type` or `PUT object ?partNumber&uploadId`: the key into the table of operations. */
export const routeOf = (request: S3Request): string => {
  const chosen = [...new Set(request.query.keys())].filter((name) => subresources.has(name)).sort();
  return `${request.method} ${levelOf(request)}${chosen.length === 0 ? '' : ` ?${chosen.join('&')}`}`;
};

/** Every S3 operation that the local AWS has, by route. */
export const s3Routes = (buckets: BucketStore, account: Account): Readonly<Record<string, S3Operation | undefined>> => {
  const bucket = bucketOperations(buckets, account);
  const object = objectOperations(buckets);
  const multipart = multipartOperations(buckets, new MultipartUploads());
  return {
    'GET service': bucket['listBuckets'],
    'PUT bucket': bucket['create'],
    'HEAD bucket': bucket['head'],
    'DELETE bucket': bucket['delete'],
    'GET bucket ?location': bucket['getLocation'],
    'GET bucket ?versioning': bucket['getVersioning'],
    'PUT bucket ?versioning': bucket['putVersioning'],
    'GET bucket ?encryption': bucket['getEncryption'],
    'GET bucket ?policy': bucket['getPolicy'],
    'PUT bucket ?policy': bucket['putPolicy'],
    'DELETE bucket ?policy': bucket['deletePolicy'],
    'GET bucket ?list-type': listObjectsV2(buckets),
    'GET bucket ?versions': listObjectVersions(buckets),
    'POST bucket ?delete': deleteObjects(buckets),
    'PUT object': object.put,
    'GET object': object.get,
    'HEAD object': object.head,
    'DELETE object': object.delete,
    'POST object ?uploads': multipart.create,
    'PUT object ?partNumber&uploadId': multipart.uploadPart,
    'POST object ?uploadId': multipart.complete,
    'DELETE object ?uploadId': multipart.abort,
  };
};
