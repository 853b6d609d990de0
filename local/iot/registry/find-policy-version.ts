import { notFound } from '../refusals.ts';
import type { Policy, PolicyVersion } from './records.ts';

/** The version or `ResourceNotFoundException`. */
export const findPolicyVersion = (policy: Policy, versionId: string): PolicyVersion => {
  const version = policy.versions.find((each) => each.versionId === versionId);
  if (version === undefined) throw notFound(`Policy ${policy.policyName} has no version ${versionId}.`);
  return version;
};
