import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Archive, Unpack } from '../../domain/audit/verification/archive.ts';
import { NOON } from '../builders/enrollment.ts';
import type { StoredVersion } from '../builders/sealed-archive.ts';

/** An archive as S3 would list it; all of it was stored at the same time unless told otherwise. */
export const inMemoryArchive = (versions: readonly StoredVersion[], storedAt = NOON + 86_400_000): Archive => ({
  async *list() {
    for (const { key, versionId, bytes } of versions) {
      await Promise.resolve();
      yield { key, versionId, isDeleteMarker: bytes === undefined, storedAt };
    }
  },
  read: ({ key, versionId }) => Promise.resolve(versions.find((version) => version.key === key && version.versionId === versionId)?.bytes),
});

export const unpack: Unpack = promisify(gunzip);
