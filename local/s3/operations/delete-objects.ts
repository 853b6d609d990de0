import { XMLParser } from 'fast-xml-parser';
import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Bucket } from '../bucket.ts';
import type { BucketStore } from '../bucket-store.ts';
import type { Bypass } from '../object-lock.ts';
import { malformedXml } from '../s3-errors.ts';
import type { S3Operation } from '../s3-request.ts';
import { checkContentMd5, xmlResponse } from '../s3-request.ts';
import { bypassOf } from './lock-headers.ts';

const item = z.object({ Key: z.string(), VersionId: z.string().optional() });
const schema = z.object({ Delete: z.object({ Object: z.array(item).max(1000), Quiet: z.stringbool().default(false) }) });

const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'Object' });

/** What a request asks to delete. Refuses with `MalformedXML`. */
export const objectsToDelete = (body: Buffer): z.output<typeof schema>['Delete'] => {
  const parsed = schema.safeParse(parser.parse(body));
  if (parsed.success) return parsed.data.Delete;
  throw malformedXml();
};

type Wanted = z.output<typeof item>;

interface Outcome {
  readonly isRefused: boolean;
  readonly members: object;
}

/** What is locked is refused by itself; the others go. */
const deleteOne = (bucket: Bucket, { Key, VersionId }: Wanted, bypass: Bypass): Outcome => {
  try {
    const version = bucket.delete(Key, VersionId, bypass);
    const marker = version?.isDeleteMarker === true ? { DeleteMarker: true, DeleteMarkerVersionId: version.versionId } : {};
    return { isRefused: false, members: { Key, VersionId, ...marker } };
  } catch (thrown) {
    if (!(thrown instanceof AwsError)) throw thrown;
    return { isRefused: true, members: { Key, VersionId, Code: thrown.code, Message: thrown.message } };
  }
};

/** DeleteObjects. Deletes up to a thousand objects or versions of one bucket. */
export const deleteObjects =
  (buckets: BucketStore): S3Operation =>
  (request) => {
    const bucket = buckets.get(request.bucketName);
    checkContentMd5(request);
    const wanted = objectsToDelete(request.body);
    const outcomes = wanted.Object.map((one) => deleteOne(bucket, one, bypassOf(request)));
    const members = (isRefused: boolean) => outcomes.filter((one) => one.isRefused === isRefused).map((one) => one.members);
    return xmlResponse('DeleteResult', { Deleted: wanted.Quiet ? [] : members(false), Error: members(true) });
  };
