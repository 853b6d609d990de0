import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { createKmsSealSigner } from './kms-seal-signer.ts';
import { createS3ArchiveKeeper } from './s3-archive-keeper.ts';
import { createS3StagedBatches } from './s3-staged-batches.ts';

interface SealedResources {
  readonly stagingBucketName: string;
  readonly archiveBucketName: string;
  readonly signingKeyArn: string;
}

/** What sealing reaches in AWS. Nobody waits for it: rather than fail, it asks again where AWS throttles. */
export const openSealingPorts = ({ stagingBucketName, archiveBucketName, signingKeyArn }: SealedResources) => {
  const s3 = new S3Client({ maxAttempts: 8 });
  return {
    staging: createS3StagedBatches(s3, stagingBucketName),
    archive: createS3ArchiveKeeper(s3, archiveBucketName),
    signer: createKmsSealSigner(new KMSClient({ maxAttempts: 8 }), signingKeyArn),
  };
};
