import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { createKmsSealSigner } from '../kms/seal-signer.ts';
import { createS3ArchiveKeeper } from '../s3/archive-keeper.ts';
import { createS3SealWitness } from '../s3/seal-witness.ts';
import { createS3StagedBatches } from '../s3/staged-batches.ts';

interface SealedResources {
  readonly stagingBucketName: string;
  readonly archiveBucketName: string;
  readonly signingKeyArn: string;
  /** Where seals are copied to as well: a bucket, and what the keys begin with there. */
  readonly publish?: { readonly bucketName: string; readonly prefix: string } | undefined;
}

/** What sealing reaches in AWS. Nobody waits for it: rather than fail, it asks again where AWS throttles. */
export const openSealingPorts = ({ stagingBucketName, archiveBucketName, signingKeyArn, publish }: SealedResources) => {
  const s3 = new S3Client({ maxAttempts: 8 });
  return {
    staging: createS3StagedBatches(s3, stagingBucketName),
    archive: createS3ArchiveKeeper(s3, archiveBucketName),
    witness: publish === undefined ? undefined : createS3SealWitness(s3, publish.bucketName, publish.prefix),
    signer: createKmsSealSigner(new KMSClient({ maxAttempts: 8 }), signingKeyArn),
  };
};
