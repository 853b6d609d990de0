import type { CreatePolicyRequest, CreatePolicyResponse } from '@aws-sdk/client-iot';
import { parseIotPolicy } from '../../policy/parse-iot-policy.ts';
import { alreadyExists } from '../../refusals.ts';
import { addTags } from '../../registry/tagging.ts';
import type { IotOperation } from '../operation.ts';

/** Stores a policy whose version 1 is the default. */
export const createPolicy: IotOperation<CreatePolicyRequest, CreatePolicyResponse> = ({ registry, behaviour }, input) => {
  const { policyName, policyDocument } = input;
  parseIotPolicy(policyDocument, behaviour);
  const policyArn = registry.arn('policy', policyName);
  if (registry.policies.has(policyName))
    throw alreadyExists('Policy cannot be created - name already exists', { id: policyName, arn: policyArn });
  addTags(registry, policyArn, input.tags);
  const now = registry.clock.now();
  registry.policies.set(policyName, {
    policyName,
    versions: [{ versionId: '1', document: policyDocument, createdAt: now }],
    defaultVersionId: '1',
    lastVersionId: 1,
    createdAt: now,
    modifiedAt: now,
    generationId: registry.newId(),
  });
  return { policyName, policyArn, policyDocument, policyVersionId: '1' };
};
