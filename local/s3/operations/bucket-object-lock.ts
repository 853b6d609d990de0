import { XMLParser } from 'fast-xml-parser';
import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Bucket } from '../bucket.ts';
import type { BucketStore } from '../bucket-store.ts';
import type { ObjectLock } from '../object-lock.ts';
import { invalidArgument, invalidBucketState, malformedXml } from '../s3-errors.ts';
import type { S3Operation } from '../s3-request.ts';
import { checkContentMd5, xmlResponse } from '../s3-request.ts';

const count = z.coerce.number().int();
const configuration = z.object({
  ObjectLockEnabled: z.literal('Enabled').optional(),
  Rule: z
    .object({
      DefaultRetention: z.object({ Mode: z.enum(['GOVERNANCE', 'COMPLIANCE']), Days: count.optional(), Years: count.optional() }),
    })
    .optional(),
});

/** S3 User Guide, "Object Lock considerations": a hundred years, in either unit. */
const longest = { days: 36_500, years: 100 };

const lockOf = ({ Rule }: z.output<typeof configuration>): ObjectLock => {
  if (Rule === undefined) return { defaultRetention: undefined };
  const { Mode: mode, Days: days, Years: years } = Rule.DefaultRetention;
  if ((days === undefined) === (years === undefined)) throw malformedXml();
  if ((days ?? 1) < 1 || (years ?? 1) < 1) throw invalidArgument('Default retention period must be a positive integer value.');
  if ((days ?? 1) > longest.days || (years ?? 1) > longest.years) throw invalidArgument('Default retention period is too large');
  return { defaultRetention: { mode, days, years } };
};

/** Enables Object Lock, for good, and says what new versions get. Refuses with `InvalidBucketState` where versions are not kept. */
export const lockBucket = (bucket: Bucket, input: unknown): void => {
  const parsed = configuration.safeParse(input);
  if (!parsed.success) throw malformedXml();
  if (bucket.versioning !== 'Enabled')
    throw invalidBucketState("Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration");
  bucket.objectLock = lockOf(parsed.data);
};

const parser = new XMLParser({ parseTagValue: false, ignoreAttributes: true });
const body = z.object({ ObjectLockConfiguration: z.unknown() });

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLockConfiguration.html */
const putConfiguration =
  (buckets: BucketStore): S3Operation =>
  (request) => {
    const bucket = buckets.get(request.bucketName);
    checkContentMd5(request);
    const parsed = body.safeParse(parser.parse(request.body));
    if (!parsed.success) throw malformedXml();
    lockBucket(bucket, parsed.data.ObjectLockConfiguration);
    return { status: 200 };
  };

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectLockConfiguration.html */
const getConfiguration =
  (buckets: BucketStore): S3Operation =>
  ({ bucketName }) => {
    const { objectLock } = buckets.get(bucketName);
    if (objectLock === undefined) {
      const message = 'Object Lock configuration does not exist for this bucket';
      throw new AwsError('ObjectLockConfigurationNotFoundError', message, { status: 404, members: { BucketName: bucketName } });
    }
    const { defaultRetention: usual } = objectLock;
    const rule = usual && { Rule: { DefaultRetention: { Mode: usual.mode, Days: usual.days, Years: usual.years } } };
    return xmlResponse('ObjectLockConfiguration', { ObjectLockEnabled: 'Enabled', ...rule });
  };

export const objectLockOperations = (buckets: BucketStore): Readonly<Record<'put' | 'get', S3Operation>> => ({
  put: putConfiguration(buckets),
  get: getConfiguration(buckets),
});
