import { XMLParser } from 'fast-xml-parser';
import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { BucketStore } from '../bucket-store.ts';
import type { S3Operation } from '../s3-request.ts';
import { checkContentMd5, xmlResponse } from '../s3-request.ts';

const item = z.object({ Key: z.string(), VersionId: z.string().optional() });
const schema = z.object({ Delete: z.object({ Object: z.array(item).max(1000), Quiet: z.stringbool().default(false) }) });

const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'Object' });

/** DeleteObjects. Deletes up to a thousand objects or versions of one bucket. */
export const deleteObjects =
  (buckets: BucketStore): S3Operation =>
  (request) => {
    const bucket = buckets.get(request.bucketName);
    checkContentMd5(request);
    const parsed = schema.safeParse(parser.parse(request.body));
    if (!parsed.success)
      throw new AwsError('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema');
    const deleted = parsed.data.Delete.Object.map(({ Key, VersionId }) => {
      const version = bucket.delete(Key, VersionId);
      return version?.isDeleteMarker === true
        ? { Key, VersionId, DeleteMarker: true, DeleteMarkerVersionId: version.versionId }
        : { Key, VersionId };
    });
    return xmlResponse('DeleteResult', { Deleted: parsed.data.Delete.Quiet ? [] : deleted });
  };
