import type { BucketClearance } from '../../domain/stack-upkeep.ts';
import type { CustomResourceRequest } from '../custom-resource/request.ts';
import { parseBuckets } from './request.ts';

export interface BucketEmptier {
  readonly buckets: BucketClearance;
}

/** Empties the buckets of a deployment that goes with all its records, since CloudFormation deletes none that holds something. */
export const emptyBuckets = async ({ buckets }: BucketEmptier, request: CustomResourceRequest): Promise<void> => {
  if (request.RequestType !== 'Delete') return;
  for (const name of parseBuckets(request.ResourceProperties)) await buckets.clear(name);
};
