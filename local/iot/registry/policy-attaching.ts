import { limitExceeded } from '../refusals.ts';
import type { PolicyTarget } from './principals.ts';
import type { IotRegistry } from './registry.ts';

// GR: 10 policies per certificate or Cognito identity; DG:thing-groups: two per group.
const maximumPolicies = { principal: 10, group: 2 } as const;

/** Attaches a policy; attaching it again changes nothing. */
export const attachPolicyTo = (registry: IotRegistry, policyName: string, { target, kind }: PolicyTarget): void => {
  if (registry.policyAttachments.has(target, policyName)) return;
  if (registry.policyAttachments.rightsOf(target).length >= maximumPolicies[kind]) {
    throw limitExceeded(`${target} already has ${maximumPolicies[kind]} policies, as many as a ${kind} may have.`);
  }
  registry.policyAttachments.link(target, policyName, true);
};
