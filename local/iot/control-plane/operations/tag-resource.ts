import type { TagResourceRequest } from '@aws-sdk/client-iot';
import { addTags } from '../../registry/tagging.ts';
import type { IotOperation } from '../operation.ts';
import { checkTaggable } from '../taggable.ts';

/** Adds tags or replaces those of the same key. */
export const tagResource: IotOperation<TagResourceRequest> = (services, { resourceArn, tags }) => {
  checkTaggable(services, resourceArn);
  addTags(services.registry, resourceArn, tags);
  return {};
};
