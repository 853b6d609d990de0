import type { TagResourceRequest } from '@aws-sdk/client-iot';
import { addTags } from '../../registry/tagging.ts';
import type { IotOperation } from '../operation.ts';
import { checkTaggable } from '../taggable.ts';

/** Adds tags or replaces those of the same key. */
export const tagResource: IotOperation<TagResourceRequest> = ({ registry, jobs }, { resourceArn, tags }) => {
  checkTaggable({ registry, jobs }, resourceArn);
  addTags(registry, resourceArn, tags);
  return {};
};
