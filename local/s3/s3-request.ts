import { createHash } from 'node:crypto';
import { AwsError } from '../aws-error.ts';
import type { ApiRequest, ApiResponse } from '../gateway/api-service.ts';
import { writeXmlDocument } from '../gateway/write-xml.ts';

/** What a path-style request is about: `/<bucket>/<key>`. */
interface S3Address {
  /** Empty for the service itself. */
  readonly bucketName: string;
  /** Empty for the bucket itself. */
  readonly key: string;
}

/** A request to S3 by path style. */
export type S3Request = ApiRequest & S3Address;

export type S3Operation = (request: S3Request) => ApiResponse;

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsError('InvalidURI', "Couldn't parse the specified URI.");
  }
};

export const parseS3Request = <Request extends { readonly path: string }>(request: Request): Request & S3Address => {
  const [, bucketName = '', ...key] = request.path.split('/');
  return { ...request, bucketName: decode(bucketName), key: decode(key.join('/')) };
};

/** A successful answer whose body is one XML element. */
export const xmlResponse = (root: string, members: object, status = 200): ApiResponse => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: writeXmlDocument({ [root]: { '@_xmlns': 'http://s3.amazonaws.com/doc/2006-03-01/', ...members } }),
});

/** Refuses a body that is not what its `Content-MD5` says. */
export const checkContentMd5 = (request: ApiRequest): void => {
  const expected = request.headers['content-md5'];
  if (expected === undefined || createHash('md5').update(request.body).digest('base64') === expected) return;
  throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.');
};
