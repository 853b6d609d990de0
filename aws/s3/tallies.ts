import { type S3Client, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import type { PerMinute } from '../../domain/audit/completeness.ts';
import { readTally, tallyPrefixes } from '../../domain/audit/tally.ts';

/** How many lines of each minute of the log were stored, by what the staging bucket says. */
export const createS3Tallies =
  (client: S3Client, Bucket: string) =>
  async (span: { readonly from: number; readonly until: number }): Promise<PerMinute> => {
    const found = new Map<number, number>();
    for (const Prefix of tallyPrefixes(span)) {
      for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix })) {
        for (const { Key = '' } of Contents) {
          const tally = readTally(Key);
          if (tally !== undefined) found.set(tally.minute, (found.get(tally.minute) ?? 0) + tally.lines);
        }
      }
    }
    return found;
  };
