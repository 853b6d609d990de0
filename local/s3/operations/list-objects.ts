import type { BucketStore } from '../bucket-store.ts';
import type { ObjectVersion } from '../bucket.ts';
import { invalidArgument } from '../s3-errors.ts';
import type { S3Operation, S3Request } from '../s3-request.ts';
import { xmlResponse } from '../s3-request.ts';

const maxKeysOf = (request: S3Request): number => {
  const text = request.query.get('max-keys') ?? '1000';
  if (!/^\d+$/.test(text)) throw invalidArgument('Provided max-keys not an integer or within integer range');
  return Math.min(Number(text), 1000);
};

const encodeKey = (request: S3Request, key: string): string =>
  request.query.get('encoding-type') === 'url' ? encodeURIComponent(key).replaceAll('%2F', '/') : key;

/** What a key counts as in a listing: itself, or the common prefix that a delimiter folds it into. */
const foldedKey = (key: string, prefix: string, delimiter: string): string => {
  const at = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
  return at < 0 ? key : key.slice(0, at + delimiter.length);
};

/** ListObjectsV2. Reads current versions; a continuation token is the last entry listed. */
export const listObjectsV2 =
  (buckets: BucketStore): S3Operation =>
  (request) => {
    const { query } = request;
    const [prefix, delimiter, limit] = [query.get('prefix') ?? '', query.get('delimiter') ?? '', maxKeysOf(request)];
    const token = query.get('continuation-token');
    const after = token === null ? (query.get('start-after') ?? '') : Buffer.from(token, 'base64url').toString('utf8');
    const entries = new Map<string, ObjectVersion>();
    for (const version of buckets.get(request.bucketName).currentObjects(prefix)) {
      const folded = foldedKey(version.key, prefix, delimiter);
      if (folded > after && !entries.has(folded)) entries.set(folded, version);
    }
    const page = [...entries].slice(0, limit);
    const isTruncated = entries.size > page.length;
    const last = page.at(-1)?.[0] ?? '';
    const members = {
      Name: request.bucketName,
      Prefix: encodeKey(request, prefix),
      MaxKeys: limit,
      KeyCount: page.length,
      IsTruncated: isTruncated,
      Delimiter: query.get('delimiter') ?? undefined,
      EncodingType: query.get('encoding-type') ?? undefined,
      ContinuationToken: token ?? undefined,
      NextContinuationToken: isTruncated ? Buffer.from(last).toString('base64url') : undefined,
    };
    const contents = page.filter(([folded, { key }]) => folded === key).map(([, version]) => contentsOf(request, version));
    const commonPrefixes = page.filter(([folded, { key }]) => folded !== key).map(([folded]) => ({ Prefix: encodeKey(request, folded) }));
    return xmlResponse('ListBucketResult', { ...members, Contents: contents, CommonPrefixes: commonPrefixes });
  };

const contentsOf = (request: S3Request, version: ObjectVersion): object => ({
  Key: encodeKey(request, version.key),
  LastModified: new Date(version.modifiedAtMs),
  ETag: version.etag,
  Size: version.body.length,
  StorageClass: 'STANDARD',
});

/** ListObjectVersions. Reads every version and delete marker, in one page. */
export const listObjectVersions =
  (buckets: BucketStore): S3Operation =>
  (request) => {
    const bucket = buckets.get(request.bucketName);
    const prefix = request.query.get('prefix') ?? '';
    const all = bucket.allVersions(prefix);
    const identity = (version: ObjectVersion): object => ({
      Key: encodeKey(request, version.key),
      VersionId: version.versionId,
      IsLatest: bucket.find(version.key) === version,
      LastModified: new Date(version.modifiedAtMs),
    });
    const versions = all
      .filter((version) => !version.isDeleteMarker)
      .map((version) => ({ ...contentsOf(request, version), ...identity(version) }));
    const markers = all.filter((version) => version.isDeleteMarker).map(identity);
    const members = { Name: request.bucketName, Prefix: prefix, MaxKeys: Math.max(1000, all.length), IsTruncated: false };
    return xmlResponse('ListVersionsResult', { ...members, Version: versions, DeleteMarker: markers });
  };
