import type { ControlPlaneClient } from '../control-plane-client.ts';

export interface ResourceTag {
  readonly Key: string;
  readonly Value: string;
}

/** Makes a resource's tags those of the template's new version. */
export const changeTags = async (
  client: ControlPlaneClient,
  resourceArn: string,
  { from = [], to = [] }: { readonly from: readonly ResourceTag[] | undefined; readonly to: readonly ResourceTag[] | undefined },
): Promise<void> => {
  const tagKeys = from.map(({ Key }) => Key).filter((key) => !to.some(({ Key }) => Key === key));
  if (tagKeys.length > 0) await client.call('UntagResource', { resourceArn, tagKeys });
  if (to.length > 0) await client.call('TagResource', { resourceArn, tags: to });
};
