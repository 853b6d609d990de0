import { XMLParser } from 'fast-xml-parser';
import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { BucketStore } from '../bucket-store.ts';
import type { S3Operation } from '../s3-request.ts';
import { checkContentMd5, xmlResponse } from '../s3-request.ts';

const item = z.object({ Key: z.string(), VersionId: z.string().optional() });
const schema = z.object({ Delete: z.object({ Object: z.array(item).max(1000), Quiet: z.stringbool().default(false) }) });

const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'Object' });

/** What a request asks to delete. Refuses with `MalformedXML`. */
export const objectsToDelete = (body: Buffer): z.output<typeof schema>['Delete'] => {
  const parsed = schema.safeParse(parser.parse(body));
  if (parsed.success) return parsed.data.Delete;
  throw new AwsError('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema');
};

/** DeleteObjects. Deletes up to a thousand objects or versions of one bucket. */
export const deleteObjects =
  (buckets: BucketStore): S3Operation =>
  (request) => {
    const bucket = buckets.get(request.bucketName);
    checkContentMd5(request);
    const wanted = objectsToDelete(request.body);
    const deleted = wanted.Object.map(({ Key, VersionId }) => {
      const version = bucket.delete(Key, VersionId);
      return version?.isDeleteMarker === true
        ? { Key, VersionId, DeleteMarker: true, DeleteMarkerVersionId: version.versionId }
        : { Key, VersionId };
    });
    return xmlResponse('DeleteResult', { Deleted: wanted.Quiet ? [] : deleted });
  };
