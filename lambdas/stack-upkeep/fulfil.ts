import { BUCKETS_TYPE, LINES_TYPE } from '../../domain/stack-upkeep.ts';
import type { Fulfil } from '../custom-resource/create-handler.ts';
import type { CustomResourceRequest } from '../custom-resource/request.ts';
import { type BucketEmptier, emptyBuckets } from './empty-buckets.ts';
import { type LineKeeper, keepLines } from './keep-lines.ts';
import { type RoomMaker, makeRoom } from './make-room.ts';
import { LINES_ID } from './request.ts';

type Upkeep = RoomMaker & LineKeeper & BucketEmptier;

/** What is done for each type of custom resource. None is anything at AWS: their names never change. */
export const fulfilWith =
  (upkeep: Upkeep): Fulfil =>
  async (request) => {
    await perform(upkeep, request);
    return { physicalId: request.PhysicalResourceId ?? nameOf(request) };
  };

const perform = (upkeep: Upkeep, request: CustomResourceRequest): Promise<void> => {
  switch (request.ResourceType) {
    case LINES_TYPE:
      return keepLines(upkeep, request);
    case BUCKETS_TYPE:
      return emptyBuckets(upkeep, request);
    default:
      return makeRoom(upkeep, request);
  }
};

const nameOf = ({ ResourceType }: CustomResourceRequest): string => {
  if (ResourceType === BUCKETS_TYPE) return 'buckets';
  return ResourceType === LINES_TYPE ? LINES_ID : 'room for versions';
};
