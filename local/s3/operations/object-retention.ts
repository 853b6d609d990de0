import { XMLParser } from 'fast-xml-parser';
import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Clock } from '../../clock.ts';
import type { Bucket } from '../bucket.ts';
import type { BucketStore } from '../bucket-store.ts';
import { invalidRequest, malformedXml } from '../s3-errors.ts';
import type { S3Operation, S3Request } from '../s3-request.ts';
import { checkContentMd5, xmlResponse } from '../s3-request.ts';
import { bypassOf, retentionOf } from './lock-headers.ts';

const parser = new XMLParser({ parseTagValue: false });
const schema = z.object({
  Retention: z.union([z.object({ Mode: z.string(), RetainUntilDate: z.string() }), z.literal('').transform(() => undefined)]),
});

const lockable = (buckets: BucketStore, { bucketName }: S3Request): Bucket => {
  const bucket = buckets.get(bucketName);
  if (bucket.objectLock === undefined) throw invalidRequest('Bucket is missing Object Lock Configuration');
  return bucket;
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectRetention.html; an empty retention takes it off. */
const putRetention =
  (buckets: BucketStore, clock: Clock): S3Operation =>
  (request) => {
    const bucket = lockable(buckets, request);
    checkContentMd5(request);
    const parsed = schema.safeParse(parser.parse(request.body));
    if (!parsed.success) throw malformedXml();
    const { Retention: asked } = parsed.data;
    const to = asked === undefined ? undefined : retentionOf(asked.Mode, asked.RetainUntilDate, clock.now());
    bucket.retain(request.key, request.query.get('versionId') ?? undefined, { to, ...bypassOf(request) });
    return { status: 200 };
  };

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectRetention.html */
const getRetention =
  (buckets: BucketStore): S3Operation =>
  (request) => {
    const { retention } = lockable(buckets, request).get(request.key, request.query.get('versionId') ?? undefined);
    if (retention === undefined) {
      const message = 'The specified object does not have a ObjectLock configuration';
      throw new AwsError('NoSuchObjectLockConfiguration', message, { status: 404 });
    }
    return xmlResponse('Retention', { Mode: retention.mode, RetainUntilDate: new Date(retention.untilMs) });
  };

export const retentionOperations = (buckets: BucketStore, clock: Clock): Readonly<Record<'put' | 'get', S3Operation>> => ({
  put: putRetention(buckets, clock),
  get: getRetention(buckets),
});
