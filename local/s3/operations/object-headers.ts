import type { ApiRequest } from '../../gateway/api-service.ts';
import type { Bucket, ObjectContent, ObjectVersion } from '../bucket.ts';
import { encryptionHeaders } from './bucket-encryption.ts';
import { lockHeaders } from './lock-headers.ts';

const storedHeaders = ['cache-control', 'content-disposition', 'content-language', 'expires'];

/** `aws-chunked` is framing of the transfer, not encoding of the object. */
const contentEncoding = (request: ApiRequest): Readonly<Record<string, string>> => {
  const kept = (request.headers['content-encoding'] ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '' && one !== 'aws-chunked');
  return kept.length === 0 ? {} : { 'content-encoding': kept.join(',') };
};

/** The object that a put request describes, for that bucket. */
export const contentOf = (request: ApiRequest, bucket: Bucket): ObjectContent => ({
  body: request.body,
  contentType: request.headers['content-type'] ?? 'binary/octet-stream',
  headers: {
    ...Object.fromEntries(
      Object.entries(request.headers).filter(([name]) => storedHeaders.includes(name) || name.startsWith('x-amz-meta-')),
    ),
    ...contentEncoding(request),
    ...encryptionHeaders(bucket),
  },
});

/** A version id is answered only where versioning has been on. */
export const versionHeader = (version: ObjectVersion | undefined): Readonly<Record<string, string>> =>
  version === undefined || version.versionId === 'null' ? {} : { 'x-amz-version-id': version.versionId };

export const objectHeaders = (version: ObjectVersion): Readonly<Record<string, string>> => ({
  ...version.headers,
  ...versionHeader(version),
  ...lockHeaders(version),
  'content-type': version.contentType,
  'last-modified': new Date(version.modifiedAtMs).toUTCString(),
  etag: version.etag,
  'accept-ranges': 'bytes',
});
