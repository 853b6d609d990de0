import type { ListTagsForResourceRequest, ListTagsForResourceResponse } from '@aws-sdk/client-iot';
import type { IotOperation } from '../operation.ts';
import { checkTaggable } from '../taggable.ts';

/** All tags of a resource; there are at most 50, which fit one page. */
export const listTagsForResource: IotOperation<ListTagsForResourceRequest, ListTagsForResourceResponse> = (services, { resourceArn }) => {
  checkTaggable(services, resourceArn);
  return { tags: [...(services.registry.tags.get(resourceArn) ?? [])].map(([Key, Value]) => ({ Key, Value })) };
};
