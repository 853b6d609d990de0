import type { ListAttachedPoliciesRequest } from '@aws-sdk/client-iot';
import { lineageOf } from '../../registry/group-hierarchy.ts';
import { findPolicyTarget } from '../../registry/principals.ts';
import type { IotRegistry } from '../../registry/registry.ts';
import { nameInArn } from '../../registry/resource-name.ts';
import type { IotOperation } from '../operation.ts';
import { pageOfNames } from '../page.ts';

const ancestorsToo = (registry: IotRegistry, target: string): readonly string[] => {
  const groupName = nameInArn(registry, 'thinggroup', target);
  return groupName === undefined
    ? [target]
    : lineageOf(registry, groupName).map(({ thingGroupName }) => registry.arn('thinggroup', thingGroupName));
};

/** Policies of a target; `recursive` adds those of a thing group's ancestors. */
export const listAttachedPolicies: IotOperation<ListAttachedPoliciesRequest> = ({ registry }, input) => {
  const { target } = findPolicyTarget(registry, input.target);
  const targets = input.recursive === true ? ancestorsToo(registry, target) : [target];
  const names = new Set(targets.flatMap((each) => registry.policyAttachments.rightsOf(each)));
  const page = pageOfNames(names, { token: input.marker, limit: input.pageSize });
  const policies = page.items.map((policyName) => ({ policyName, policyArn: registry.arn('policy', policyName) }));
  return { policies, nextMarker: page.nextToken };
};
