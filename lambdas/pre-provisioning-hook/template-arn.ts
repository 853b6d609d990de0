import * as z from 'zod/mini';
import { type LineName, lineName } from '../../domain/identifiers.ts';
import { resourceNames } from '../../domain/resource-names.ts';

/** Where this function runs and which deployment it belongs to. */
export interface Surroundings {
  /** `arn:<partition>:lambda:<region>:<account>:function:<name>[:<alias>]` */
  readonly functionArn: string;
  readonly prefix: string;
}

/**
 * The line that a provisioning template stands for, or `undefined` where the template is not one of this deployment.
 * The ARN is `arn:<partition>:iot:<region>:<account>:provisioningtemplate/<prefix>-<line>`.
 */
export const lineOfTemplate = (templateArn: string, { functionArn, prefix }: Surroundings): LineName | undefined => {
  const [, partition, , region, account] = functionArn.split(':');
  const name = templateArn.split('/').at(-1) ?? '';
  const line = z.safeParse(lineName, name.slice(prefix.length + 1)).data;
  if (line === undefined) return undefined;
  const expected = `arn:${partition}:iot:${region}:${account}:provisioningtemplate/${resourceNames(prefix).template(line)}`;
  return templateArn === expected ? line : undefined;
};
