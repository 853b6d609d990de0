import { XMLParser } from 'fast-xml-parser';
import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { BucketStore } from '../bucket-store.ts';
import type { MultipartUploads } from '../multipart-uploads.ts';
import type { S3Operation, S3Request } from '../s3-request.ts';
import { checkContentMd5, xmlResponse } from '../s3-request.ts';
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
    if (!parsed.success)
      throw new AwsError('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema');
    const parts = parsed.data.CompleteMultipartUpload.Part.map(({ PartNumber, ETag }) => ({ partNumber: PartNumber, etag: ETag }));
    const version = uploads.complete(uploadIdOf(request), parts);
    const answer = xmlResponse('CompleteMultipartUploadResult', { Bucket: request.bucketName, Key: request.key, ETag: version.etag });
    return { ...answer, headers: { ...answer.headers, ...versionHeader(version) } };
  };

/** CreateMultipartUpload, UploadPart, CompleteMultipartUpload, AbortMultipartUpload. Each touches one upload. */
export const multipartOperations = (
  buckets: BucketStore,
  uploads: MultipartUploads,
): Readonly<Record<'create' | 'uploadPart' | 'complete' | 'abort', S3Operation>> => ({
  create: (request) => {
    const UploadId = uploads.start(buckets.get(request.bucketName), request.key, contentOf(request));
    return xmlResponse('InitiateMultipartUploadResult', { Bucket: request.bucketName, Key: request.key, UploadId });
  },
  uploadPart: (request) => {
    checkContentMd5(request);
    const etag = uploads.putPart(uploadIdOf(request), Number(request.query.get('partNumber')), request.body);
    return { status: 200, headers: { etag } };
  },
  complete: complete(uploads),
  abort: (request) => {
    uploads.abort(uploadIdOf(request));
    return { status: 204 };
  },
});
