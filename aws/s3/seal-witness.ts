import type { S3Client } from '@aws-sdk/client-s3';
import { sealKeyOf } from '../../domain/audit/archive-layout.ts';
import type { SealWitness } from '../../domain/audit/seal.ts';
import { createS3ArchiveKeeper } from './archive-keeper.ts';

/** Copies of seals in a bucket that may be another account's, below the prefix of the deployment; it takes `s3:PutObject` alone. */
export const createS3SealWitness = (client: S3Client, bucket: string, prefix: string): SealWitness => {
  const keeper = createS3ArchiveKeeper(client, bucket);
  return {
    async keep(sequence, bytes) {
      await keeper.put({ key: `${prefix}/${sealKeyOf(sequence)}`, bytes });
    },
  };
};
