import type { CreatePolicyVersionRequest, CreatePolicyVersionResponse } from '@aws-sdk/client-iot';
import { parseIotPolicy } from '../../policy/parse-iot-policy.ts';
import { versionsLimitExceeded } from '../../refusals.ts';
import { findPolicy } from '../../registry/find.ts';
import type { IotOperation } from '../operation.ts';

const maximumVersions = 5;

/** Adds a version to a policy; it is the default only when asked for. */
export const createPolicyVersion: IotOperation<CreatePolicyVersionRequest, CreatePolicyVersionResponse> = (
  { registry, behaviour },
  input,
) => {
  const { policyName, policyDocument, setAsDefault = false } = input;
  const policy = findPolicy(registry, policyName);
  parseIotPolicy(policyDocument, behaviour);
  if (policy.versions.length >= maximumVersions) {
    throw versionsLimitExceeded(`The policy ${policyName} already has the maximum number of versions (${maximumVersions})`);
  }
  const now = registry.clock.now();
  const lastVersionId = policy.lastVersionId + 1;
  const policyVersionId = String(lastVersionId);
  registry.policies.set(policyName, {
    ...policy,
    versions: [...policy.versions, { versionId: policyVersionId, document: policyDocument, createdAt: now }],
    defaultVersionId: setAsDefault ? policyVersionId : policy.defaultVersionId,
    lastVersionId,
    modifiedAt: now,
  });
  return { policyArn: registry.arn('policy', policyName), policyDocument, policyVersionId, isDefaultVersion: setAsDefault };
};
