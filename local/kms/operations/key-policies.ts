import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { keyReference } from '../input-schemas.ts';
import { requireNotPendingDeletion } from '../key-access.ts';
import { requireValidKeyPolicy } from '../key-policy.ts';
import type { KmsDependencies } from '../kms-dependencies.ts';

const policyName = z.literal('default').default('default');

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html */
export const getKeyPolicy =
  ({ keys }: KmsDependencies): Operation =>
  (members) => {
    const { KeyId, PolicyName } = parseInput(z.object({ KeyId: keyReference, PolicyName: policyName }), members);
    return { Policy: keys.resolve(KeyId).policy, PolicyName };
  };

const putInput = z.object({
  KeyId: keyReference,
  PolicyName: policyName,
  Policy: z.string().min(1),
  BypassPolicyLockoutSafetyCheck: z.boolean().default(false),
});

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html */
export const putKeyPolicy =
  ({ keys }: KmsDependencies): Operation =>
  (members) => {
    const { KeyId, Policy, BypassPolicyLockoutSafetyCheck } = parseInput(putInput, members);
    const key = keys.resolve(KeyId);
    requireNotPendingDeletion(key);
    requireValidKeyPolicy(Policy, BypassPolicyLockoutSafetyCheck);
    key.policy = Policy;
    return undefined;
  };
