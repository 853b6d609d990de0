import { XMLParser } from 'fast-xml-parser';
import * as z from 'zod';
import type { Clock } from '../../clock.ts';
import type { BucketStore } from '../bucket-store.ts';
import type { MultipartUploads } from '../multipart-uploads.ts';
import { malformedXml } from '../s3-errors.ts';
import type { S3Operation, S3Request } from '../s3-request.ts';
import { checkContentMd5, xmlResponse } from '../s3-request.ts';
import { askedRetention } from './lock-headers.ts';
import { contentOf, versionHeader } from './object-headers.ts';

const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'Part' });
const completeBody = z.object({
  CompleteMultipartUpload: z.object({ Part: z.array(z.object({ PartNumber: z.coerce.number(), ETag: z.string() })) }),
});

const uploadIdOf = (request: S3Request): string => request.query.get('uploadId') ?? '';

const complete =
  (uploads: MultipartUploads): S3Operation =>
  (request) => {
    const parsed = completeBody.safeParse(parser.parse(request.body));
    if (!parsed.success) throw malformedXml();
    const parts = parsed.data.CompleteMultipartUpload.Part.map(({ PartNumber, ETag }) => ({ partNumber: PartNumber, etag: ETag }));
    const version = uploads.complete(uploadIdOf(request), parts);
    const answer = xmlResponse('CompleteMultipartUploadResult', { Bucket: request.bucketName, Key: request.key, ETag: version.etag });
    return { ...answer, headers: { ...answer.headers, ...versionHeader(version) } };
  };

interface Multipart {
  readonly buckets: BucketStore;
  readonly uploads: MultipartUploads;
  readonly clock: Clock;
}

const create =
  ({ buckets, uploads, clock }: Multipart): S3Operation =>
  (request) => {
    const bucket = buckets.get(request.bucketName);
    const retention = askedRetention(request, bucket, clock.now());
    const UploadId = uploads.start(bucket, request.key, { ...contentOf(request, bucket), retention });
    return xmlResponse('InitiateMultipartUploadResult', { Bucket: request.bucketName, Key: request.key, UploadId });
  };

/** CreateMultipartUpload, UploadPart, CompleteMultipartUpload, AbortMultipartUpload. Each touches one upload. */
export const multipartOperations = (
  multipart: Multipart,
): Readonly<Record<'create' | 'uploadPart' | 'complete' | 'abort', S3Operation>> => ({
  create: create(multipart),
  uploadPart: (request) => {
    checkContentMd5(request);
    const etag = multipart.uploads.putPart(uploadIdOf(request), Number(request.query.get('partNumber')), request.body);
    return { status: 200, headers: { etag } };
  },
  complete: complete(multipart.uploads),
  abort: (request) => {
    multipart.uploads.abort(uploadIdOf(request));
    return { status: 204 };
  },
});
