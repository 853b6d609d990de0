import type { UntagResourceRequest } from '@aws-sdk/client-iot';
import type { IotOperation } from '../operation.ts';
import { checkTaggable } from '../taggable.ts';

/** Removes tags by key. */
export const untagResource: IotOperation<UntagResourceRequest> = ({ registry, jobs }, { resourceArn, tagKeys }) => {
  checkTaggable({ registry, jobs }, resourceArn);
  for (const key of tagKeys) registry.tags.get(resourceArn)?.delete(key);
  return {};
};
