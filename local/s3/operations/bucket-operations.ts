import { XMLParser } from 'fast-xml-parser';
import * as z from 'zod';
import type { Account } from '../../account.ts';
import { AwsError } from '../../aws-error.ts';
import { resourceGrammar } from '../../policy/iam-grammars.ts';
import { parsePolicyDocument } from '../../policy/parse-policy.ts';
import type { BucketStore } from '../bucket-store.ts';
import { invalidBucketState, malformedXml } from '../s3-errors.ts';
import type { S3Operation } from '../s3-request.ts';
import { xmlResponse } from '../s3-request.ts';
import { encryptionOf, putEncryption } from './bucket-encryption.ts';

const parser = new XMLParser({ parseTagValue: false });
const versioningBody = z.object({ VersioningConfiguration: z.object({ Status: z.enum(['Enabled', 'Suspended']) }) });

const putVersioning =
  (buckets: BucketStore): S3Operation =>
  (request) => {
    const parsed = versioningBody.safeParse(parser.parse(request.body));
    if (!parsed.success) throw malformedXml();
    const bucket = buckets.get(request.bucketName);
    if (bucket.objectLock !== undefined && parsed.data.VersioningConfiguration.Status === 'Suspended') {
      throw invalidBucketState('An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.');
    }
    bucket.versioning = parsed.data.VersioningConfiguration.Status;
    return { status: 200 };
  };

/** Checks and stores a bucket policy. Refuses with `MalformedPolicy`. */
export const storeBucketPolicy = (buckets: BucketStore, bucketName: string, policy: string): void => {
  const bucket = buckets.get(bucketName);
  parsePolicyDocument(policy, resourceGrammar, ({ message }) => new AwsError('MalformedPolicy', message));
  bucket.policy = policy;
};

const getPolicy =
  (buckets: BucketStore): S3Operation =>
  (request) => {
    const { policy } = buckets.get(request.bucketName);
    if (policy === undefined) {
      throw new AwsError('NoSuchBucketPolicy', 'The bucket policy does not exist', {
        status: 404,
        members: { BucketName: request.bucketName },
      });
    }
    return { status: 200, headers: { 'content-type': 'application/json' }, body: policy };
  };

const create =
  (buckets: BucketStore): S3Operation =>
  ({ bucketName, headers }) => {
    const bucket = buckets.create(bucketName);
    if (headers['x-amz-bucket-object-lock-enabled']?.toLowerCase() === 'true') {
      bucket.versioning = 'Enabled';
      bucket.objectLock = { defaultRetention: undefined };
    }
    return { status: 200, headers: { location: `/${bucket.name}` } };
  };

const listBuckets =
  (buckets: BucketStore): S3Operation =>
  (request) => {
    const items = buckets.list().map((bucket) => ({ Name: bucket.name, CreationDate: new Date(bucket.createdAtMs) }));
    return xmlResponse('ListAllMyBucketsResult', { Owner: { ID: request.caller.accountId }, Buckets: { Bucket: items } });
  };

type BucketOperationName =
  | 'listBuckets'
  | 'create'
  | 'head'
  | 'delete'
  | 'getLocation'
  | 'getVersioning'
  | 'putVersioning'
  | 'getEncryption'
  | 'putEncryption'
  | 'getPolicy'
  | 'putPolicy'
  | 'deletePolicy';

/** The operations on buckets and their settings; each touches one bucket. */
export const bucketOperations = (buckets: BucketStore, account: Account): Readonly<Record<BucketOperationName, S3Operation>> => ({
  listBuckets: listBuckets(buckets),
  create: create(buckets),
  head: ({ bucketName }) => ({
    status: buckets.get(bucketName).name === '' ? 404 : 200,
    headers: { 'x-amz-bucket-region': account.region },
  }),
  delete: ({ bucketName }) => {
    buckets.delete(bucketName);
    return { status: 204 };
  },
  getLocation: ({ bucketName }) => {
    buckets.get(bucketName);
    // S3 API reference, GetBucketLocation: buckets in us-east-1 have a LocationConstraint of null.
    const constraint = account.region === 'us-east-1' ? '' : account.region;
    return xmlResponse('LocationConstraint', { '#text': constraint });
  },
  getVersioning: ({ bucketName }) => {
    const { versioning } = buckets.get(bucketName);
    return xmlResponse('VersioningConfiguration', versioning === 'Disabled' ? {} : { Status: versioning });
  },
  putVersioning: putVersioning(buckets),
  getEncryption: ({ bucketName }) => xmlResponse('ServerSideEncryptionConfiguration', encryptionOf(buckets.get(bucketName))),
  putEncryption: putEncryption(buckets),
  getPolicy: getPolicy(buckets),
  putPolicy: (request) => {
    storeBucketPolicy(buckets, request.bucketName, request.body.toString('utf8'));
    return { status: 204 };
  },
  deletePolicy: ({ bucketName }) => {
    buckets.get(bucketName).policy = undefined;
    return { status: 204 };
  },
});
