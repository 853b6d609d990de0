import { AwsError } from '../../aws-error.ts';
import type { Clock } from '../../clock.ts';
import type { ApiResponse } from '../../gateway/api-service.ts';
import type { BucketStore } from '../bucket-store.ts';
import type { Bucket } from '../bucket.ts';
import type { S3Operation, S3Request } from '../s3-request.ts';
import { checkContentMd5 } from '../s3-request.ts';
import { encryptionHeaders } from './bucket-encryption.ts';
import { askedRetention, bypassOf } from './lock-headers.ts';
import { contentOf, objectHeaders, versionHeader } from './object-headers.ts';

const checkPreconditions = (request: S3Request, bucket: Bucket): void => {
  const current = bucket.find(request.key);
  const isThere = current !== undefined && !current.isDeleteMarker;
  const { 'if-none-match': ifNoneMatch, 'if-match': ifMatch } = request.headers;
  const isRefused = (ifNoneMatch === '*' && isThere) || (ifMatch !== undefined && (!isThere || current.etag !== ifMatch));
  if (isRefused) throw new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', { status: 412 });
};

const putObject =
  (buckets: BucketStore, clock: Clock): S3Operation =>
  (request) => {
    if (request.headers['x-amz-copy-source'] !== undefined)
      throw new AwsError('NotImplemented', 'The local AWS does not support s3:CopyObject.', { status: 501 });
    const bucket = buckets.get(request.bucketName);
    checkContentMd5(request);
    checkPreconditions(request, bucket);
    const retention = askedRetention(request, bucket, clock.now());
    const version = bucket.put(request.key, { ...contentOf(request, bucket), retention });
    return { status: 200, headers: { etag: version.etag, ...versionHeader(version), ...encryptionHeaders(bucket) } };
  };

/** RFC 9110 §14.1.2, one range only; what cannot be satisfied is refused. */
const sliceRange = (body: Buffer, range: string): { readonly slice: Buffer; readonly contentRange: string } => {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? [];
  const start = first === '' ? Math.max(0, body.length - Number(last)) : Number(first);
  const end = first === '' || last === '' ? body.length - 1 : Math.min(Number(last), body.length - 1);
  if (start > end || (first === '' && last === ''))
    throw new AwsError('InvalidRange', 'The requested range is not satisfiable', { status: 416 });
  return { slice: body.subarray(start, end + 1), contentRange: `bytes ${start}-${end}/${body.length}` };
};

const getObject =
  (buckets: BucketStore): S3Operation =>
  (request): ApiResponse => {
    const version = buckets.get(request.bucketName).get(request.key, request.query.get('versionId') ?? undefined);
    const range = request.headers['range'];
    if (range === undefined) return { status: 200, headers: objectHeaders(version), body: version.body };
    const { slice, contentRange } = sliceRange(version.body, range);
    return { status: 206, headers: { ...objectHeaders(version), 'content-range': contentRange }, body: slice };
  };

const headObject =
  (buckets: BucketStore): S3Operation =>
  (request) => {
    const version = buckets.get(request.bucketName).get(request.key, request.query.get('versionId') ?? undefined);
    return { status: 200, headers: { ...objectHeaders(version), 'content-length': String(version.body.length) } };
  };

const deleteObject =
  (buckets: BucketStore): S3Operation =>
  (request) => {
    const versionId = request.query.get('versionId') ?? undefined;
    const version = buckets.get(request.bucketName).delete(request.key, versionId, bypassOf(request));
    const marker = version?.isDeleteMarker === true ? { 'x-amz-delete-marker': 'true' } : {};
    return { status: 204, headers: { ...versionHeader(version), ...marker } };
  };

/** PutObject, GetObject, HeadObject, DeleteObject. Each touches one object of one bucket. */
export const objectOperations = (buckets: BucketStore, clock: Clock): Readonly<Record<'put' | 'get' | 'head' | 'delete', S3Operation>> => ({
  put: putObject(buckets, clock),
  get: getObject(buckets),
  head: headObject(buckets),
  delete: deleteObject(buckets),
});
