import { DeleteObjectsCommand, ListObjectVersionsCommand, NoSuchBucket, type S3Client } from '@aws-sdk/client-s3';
import type { BucketClearance } from '../../domain/stack-upkeep.ts';

/** Deletes every version and delete marker, also what governance mode holds. */
export const createS3BucketClearance = (client: S3Client): BucketClearance => ({
  async clear(Bucket) {
    try {
      while (await clearPage(client, Bucket));
    } catch (error) {
      if (!(error instanceof NoSuchBucket)) throw error;
    }
  },
});

// Always the first page: what was listed before is gone. Answers whether there was one.
const clearPage = async (client: S3Client, Bucket: string): Promise<boolean> => {
  const { Versions = [], DeleteMarkers = [] } = await client.send(new ListObjectVersionsCommand({ Bucket }));
  const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
  if (Objects.length === 0) return false;
  const { Errors = [] } = await client.send(
    new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true }, BypassGovernanceRetention: true }),
  );
  const [first] = Errors;
  if (first !== undefined) throw new Error(`${String(first.Key)} in ${Bucket} cannot be deleted: ${String(first.Message)}`);
  return true;
};
