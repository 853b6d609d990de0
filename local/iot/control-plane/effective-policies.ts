import { lineageOf } from '../registry/group-hierarchy.ts';
import type { IotRegistry } from '../registry/registry.ts';

/** ARNs of the thing's groups and of all groups above them. */
export const groupArnsOf = (registry: IotRegistry, thingName: string): readonly string[] =>
  registry.groupMemberships
    .rightsOf(thingName)
    .flatMap((groupName) => lineageOf(registry, groupName))
    .map(({ thingGroupName }) => registry.arn('thinggroup', thingGroupName));

/** Names of the policies that are attached to any of the targets, each once. */
export const policyNamesOn = (registry: IotRegistry, targets: readonly string[]): readonly string[] => [
  ...new Set(targets.flatMap((target) => registry.policyAttachments.rightsOf(target))),
];

interface EffectivePolicy {
  readonly policyName: string;
  readonly policyArn: string;
  readonly policyDocument: string;
}

/** The default version of a policy, if there is the policy. */
export const effectivePolicy = (registry: IotRegistry, policyName: string): EffectivePolicy | undefined => {
  const policy = registry.policies.get(policyName);
  const version = policy?.versions.find(({ versionId }) => versionId === policy.defaultVersionId);
  if (version === undefined) return undefined;
  return { policyName, policyArn: registry.arn('policy', policyName), policyDocument: version.document };
};
