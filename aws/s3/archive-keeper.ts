import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  NotFound,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import * as z from 'zod/mini';
import type { ArchiveKeeper, KeptObject, KeptPeriod } from '../../domain/audit/archive-keeper.ts';

const instant = z.pipe(z.string().check(z.regex(/^\d{1,15}$/)), z.transform(Number));
const period = z.object({ from: instant, until: instant });

const named = (error: unknown, ...names: readonly string[]): boolean => error instanceof Error && names.includes(error.name);

/** The archive in its bucket. Each object is written once, under the condition that there is none. */
export const createS3ArchiveKeeper = (client: S3Client, Bucket: string): ArchiveKeeper => ({
  async isThere(Key) {
    try {
      await client.send(new HeadObjectCommand({ Bucket, Key }));
      return true;
    } catch (error) {
      if (error instanceof NotFound) return false;
      throw error;
    }
  },
  async read(Key, VersionId) {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, VersionId }));
      return await Body?.transformToByteArray();
    } catch (error) {
      if (named(error, 'NoSuchKey', 'NoSuchVersion')) return undefined;
      throw error;
    }
  },
  async first(prefix) {
    const oldest = await oldestUnder(client, Bucket, prefix);
    return oldest === undefined ? undefined : keptObject(client, Bucket, oldest);
  },
  async put({ key: Key, bytes: Body, period: times }) {
    const Metadata = times === undefined ? undefined : { from: String(times.from), until: String(times.until) };
    try {
      const { VersionId } = await client.send(new PutObjectCommand({ Bucket, Key, Body, Metadata, IfNoneMatch: '*' }));
      return VersionId;
    } catch (error) {
      // Somebody else wrote it, or is about to (409); a try whose answer got lost may have been one's own.
      if (named(error, 'PreconditionFailed', 'ConditionalRequestConflict')) return undefined;
      throw error;
    }
  },
});

interface Named {
  readonly Key: string;
  readonly VersionId: string;
}

// Versions come by key, the newest first, so that the oldest of the first key is the last before the next key.
const oldestUnder = async (client: S3Client, Bucket: string, Prefix: string): Promise<Named | undefined> => {
  let oldest: Named | undefined;
  let markers: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
  for (;;) {
    const {
      Versions = [],
      IsTruncated,
      NextKeyMarker,
      NextVersionIdMarker,
    } = await client.send(new ListObjectVersionsCommand({ Bucket, Prefix, ...markers }));
    for (const { Key = '', VersionId = '' } of Versions) {
      if (oldest !== undefined && oldest.Key !== Key) return oldest;
      oldest = { Key, VersionId };
    }
    if (IsTruncated !== true) return oldest;
    markers = { KeyMarker: NextKeyMarker, VersionIdMarker: NextVersionIdMarker };
  }
};

const keptObject = async (client: S3Client, Bucket: string, { Key, VersionId }: Named): Promise<KeptObject> => {
  const { Body, Metadata } = await client.send(new GetObjectCommand({ Bucket, Key, VersionId }));
  const bytes = await Body?.transformToByteArray();
  const said: KeptPeriod | undefined = z.safeParse(period, Metadata).data;
  return { key: Key, versionId: VersionId, bytes: bytes ?? new Uint8Array(), period: said };
};
