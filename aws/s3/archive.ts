import { GetObjectCommand, ListObjectVersionsCommand, NoSuchKey, type S3Client } from '@aws-sdk/client-s3';
import type { Archive, ArchivedVersion } from '../../domain/audit/verification/archive.ts';

/** The archive in its bucket. It is read by versions: what the current view shows can be changed by anybody who may write. */
export const createS3Archive = (client: S3Client, Bucket: string): Archive => ({
  async *list() {
    let markers: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } | undefined = {};
    while (markers !== undefined) {
      const page: VersionsPage = await client.send(new ListObjectVersionsCommand({ Bucket, EncodingType: 'url', ...markers }));
      const { Versions = [], DeleteMarkers = [], IsTruncated, NextKeyMarker, NextVersionIdMarker } = page;
      yield* Versions.map((version) => archivedVersion(version, false));
      yield* DeleteMarkers.map((version) => archivedVersion(version, true));
      markers = IsTruncated === true ? { KeyMarker: NextKeyMarker, VersionIdMarker: NextVersionIdMarker } : undefined;
    }
  },
  async read({ key, versionId }) {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: key, VersionId: versionId }));
      return await Body?.transformToByteArray();
    } catch (error) {
      if (error instanceof NoSuchKey || (error instanceof Error && error.name === 'NoSuchVersion')) return undefined;
      throw error;
    }
  },
});

interface ListedVersion {
  readonly Key?: string | undefined;
  readonly VersionId?: string | undefined;
  readonly LastModified?: Date | undefined;
}

interface VersionsPage {
  readonly Versions?: readonly ListedVersion[] | undefined;
  readonly DeleteMarkers?: readonly ListedVersion[] | undefined;
  readonly IsTruncated?: boolean | undefined;
  readonly NextKeyMarker?: string | undefined;
  readonly NextVersionIdMarker?: string | undefined;
}

// S3 encodes keys as it does in a query, since XML cannot hold every character.
const archivedVersion = ({ Key = '', VersionId = '', LastModified }: ListedVersion, isDeleteMarker: boolean): ArchivedVersion => ({
  ...{ key: decodeURIComponent(Key.replaceAll('+', ' ')), versionId: VersionId, isDeleteMarker },
  storedAt: LastModified?.getTime() ?? 0,
});
