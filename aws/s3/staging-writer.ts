import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { StagingWriter } from '../../domain/audit/staging.ts';

/** Batches and tallies in the staging bucket. A key says what is under it, so that writing it again changes nothing. */
export const createS3StagingWriter = (client: S3Client, Bucket: string): StagingWriter => ({
  async put(Key, Body) {
    await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: 'application/gzip' }));
  },
});

/** The same, with the credentials and the region that the AWS SDK finds by itself. */
export const openStagingWriter = (bucketName: string): StagingWriter => createS3StagingWriter(new S3Client(), bucketName);
