import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { S3Client } from '@aws-sdk/client-s3';
import type { BalanceStore, LossCounts } from '../../domain/audit/loss.ts';
import { createCloudWatchLossCounts } from '../cloudwatch/loss-counts.ts';
import { createS3BalanceStore } from '../s3/balance-store.ts';
import { createS3Tallies } from '../s3/tallies.ts';

interface ComparedResources {
  readonly stagingBucketName: string;
  readonly prefix: string;
  /** The pre-provisioning hook, where there is one. */
  readonly hookName: string | undefined;
}

/** What comparing counts reaches in AWS. Nobody waits for it: rather than fail, it asks again where AWS throttles. */
export const openCompletenessPorts = ({
  stagingBucketName,
  ...deployed
}: ComparedResources): { readonly balances: BalanceStore; readonly counts: LossCounts } => {
  const s3 = new S3Client({ maxAttempts: 8 });
  const tallies = createS3Tallies(s3, stagingBucketName);
  return {
    balances: createS3BalanceStore(s3, stagingBucketName),
    counts: createCloudWatchLossCounts(new CloudWatchClient({ maxAttempts: 8 }), { ...deployed, tallies }),
  };
};
