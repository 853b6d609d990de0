import type { UntagResourceRequest } from '@aws-sdk/client-iot';
import type { IotOperation } from '../operation.ts';
import { checkTaggable } from '../taggable.ts';

/** Removes tags by key. */
export const untagResource: IotOperation<UntagResourceRequest> = (services, { resourceArn, tagKeys }) => {
  checkTaggable(services, resourceArn);
  for (const key of tagKeys) services.registry.tags.get(resourceArn)?.delete(key);
  return {};
};
