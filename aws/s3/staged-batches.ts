import { DeleteObjectsCommand, GetObjectCommand, ListObjectsV2Command, NoSuchKey, type S3Client } from '@aws-sdk/client-s3';
import { STAGED_PREFIX, type StagedBatch, type StagedBatches } from '../../domain/audit/staging.ts';

/** S3 deletes a thousand objects in one request. */
const AT_ONCE = 1000;

/** What waits in the staging bucket. */
export const createS3StagedBatches = (client: S3Client, Bucket: string): StagedBatches => ({
  async list() {
    const batches: StagedBatch[] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await client.send(new ListObjectsV2Command({ Bucket, Prefix: STAGED_PREFIX, ContinuationToken }));
      for (const { Key = '', LastModified, Size = 0 } of page.Contents ?? [])
        batches.push({ key: Key, storedAt: LastModified?.getTime() ?? 0, bytes: Size });
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
    return batches;
  },
  async read(Key) {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      return await Body?.transformToByteArray();
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  },
  async remove(keys) {
    for (let start = 0; start < keys.length; start += AT_ONCE) {
      const Objects = keys.slice(start, start + AT_ONCE).map((Key) => ({ Key }));
      const { Errors: [first] = [] } = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
      if (first !== undefined) throw new Error(`A batch that is sealed cannot be deleted: ${String(first.Key)}: ${String(first.Message)}`);
    }
  },
});
