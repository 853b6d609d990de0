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

/** What both versions of the listing have in common: the entries behind one of them, and whether there are more. */
const objectsAfter = (request: S3Request, buckets: BucketStore, after: string) => {
  const { query } = request;
  const [prefix, delimiter, limit] = [query.get('prefix') ?? '', query.get('delimiter') ?? '', maxKeysOf(request)];
  const entries = new Map<string, ObjectVersion>();
  for (const version of buckets.get(request.bucketName).currentObjects(prefix)) {
    const folded = foldedKey(version.key, prefix, delimiter);
    if (folded > after && !entries.has(folded)) entries.set(folded, version);
  }
  const page = [...entries].slice(0, limit);
  const isTruncated = entries.size > page.length;
  const members = {
    ...{ Name: request.bucketName, Prefix: encodeKey(request, prefix), MaxKeys: limit, IsTruncated: isTruncated },
    Delimiter: query.get('delimiter') ?? undefined,
    EncodingType: query.get('encoding-type') ?? undefined,
  };
  const lists = {
    Contents: page.filter(([folded, { key }]) => folded === key).map(([, version]) => contentsOf(request, version)),
    CommonPrefixes: page.filter(([folded, { key }]) => folded !== key).map(([folded]) => ({ Prefix: encodeKey(request, folded) })),
  };
  return { members, lists, count: page.length, next: isTruncated ? (page.at(-1)?.[0] ?? '') : undefined };
};

/** ListObjectsV2. Reads current versions; a continuation token is the last entry listed. */
export const listObjectsV2 =
  (buckets: BucketStore): S3Operation =>
  (request) => {
    const token = request.query.get('continuation-token');
    const after = token === null ? (request.query.get('start-after') ?? '') : Buffer.from(token, 'base64url').toString('utf8');
    const { members, lists, count, next } = objectsAfter(request, buckets, after);
    return xmlResponse('ListBucketResult', {
      ...{ ...members, KeyCount: count, ContinuationToken: token ?? undefined },
      NextContinuationToken: next === undefined ? undefined : Buffer.from(next).toString('base64url'),
      ...lists,
    });
  };

/** ListObjects. As its second version, but that a page begins behind a marker; the next one is told where entries are folded. */
export const listObjects =
  (buckets: BucketStore): S3Operation =>
  (request) => {
    const marker = request.query.get('marker') ?? '';
    const { members, lists, next } = objectsAfter(request, buckets, marker);
    const isFolded = request.query.has('delimiter') && next !== undefined;
    const markers = { Marker: encodeKey(request, marker), ...(isFolded ? { NextMarker: encodeKey(request, next) } : {}) };
    return xmlResponse('ListBucketResult', { ...members, ...markers, ...lists });
  };

const contentsOf = (request: S3Request, version: ObjectVersion): object => ({
  Key: encodeKey(request, version.key),
  LastModified: new Date(version.modifiedAtMs),
  ETag: version.etag,
  Size: version.body.length,
  StorageClass: 'STANDARD',
});

const versionOf = (request: S3Request, version: ObjectVersion, isLatest: boolean): object => ({
  Key: encodeKey(request, version.key),
  VersionId: version.versionId,
  IsLatest: isLatest,
  LastModified: new Date(version.modifiedAtMs),
});

/** Where a page begins: behind a key, or behind a version of it. */
const startOf = (request: S3Request, all: readonly ObjectVersion[]): number => {
  const [key, versionId] = [request.query.get('key-marker'), request.query.get('version-id-marker')];
  if (key === null && versionId !== null) throw invalidArgument('A version-id marker cannot be specified without a key marker.');
  if (key === null) return 0;
  const named = all.findIndex((version) => version.key === key && version.versionId === versionId);
  if (named >= 0) return named + 1;
  const next = all.findIndex((version) => Buffer.compare(Buffer.from(version.key), Buffer.from(key)) > 0);
  return next < 0 ? all.length : next;
};

/** ListObjectVersions. Reads every version and delete marker, by key, the newest of a key first; no delimiter. */
export const listObjectVersions =
  (buckets: BucketStore): S3Operation =>
  (request) => {
    const bucket = buckets.get(request.bucketName);
    const prefix = request.query.get('prefix') ?? '';
    const [all, limit] = [bucket.allVersions(prefix), maxKeysOf(request)];
    const start = startOf(request, all);
    const page = all.slice(start, start + limit);
    const isTruncated = start + page.length < all.length;
    const identity = (version: ObjectVersion): object => versionOf(request, version, bucket.find(version.key) === version);
    const last = isTruncated ? page.at(-1) : undefined;
    return xmlResponse('ListVersionsResult', {
      ...{ Name: request.bucketName, Prefix: encodeKey(request, prefix), MaxKeys: limit, IsTruncated: isTruncated },
      KeyMarker: request.query.get('key-marker') ?? '',
      VersionIdMarker: request.query.get('version-id-marker') ?? '',
      EncodingType: request.query.get('encoding-type') ?? undefined,
      NextKeyMarker: last && encodeKey(request, last.key),
      NextVersionIdMarker: last?.versionId,
      Version: page.filter(({ isDeleteMarker }) => !isDeleteMarker).map((one) => ({ ...contentsOf(request, one), ...identity(one) })),
      DeleteMarker: page.filter(({ isDeleteMarker }) => isDeleteMarker).map(identity),
    });
  };
