import * as z from 'zod';
import { assumed, type BehaviourRows } from './row.ts';

/** Policies of AWS IoT. */
export const policyRows = {
  'policy.takes-operators-of-iam': assumed(
    z.boolean(),
    true,
    'Conditions take the numeric and date operators, Null and IfExists, as in IAM; the guide shows none of them with AWS IoT.',
  ),
  'policy.case-of-actions-matters': assumed(z.boolean(), true, 'A policy that names an action in another case is malformed.'),
  'policy.too-long-refusal': assumed(
    z.enum(['MalformedPolicyException', 'InvalidRequestException']),
    'MalformedPolicyException',
    'A policy of more than 2,048 characters without white space is refused with MalformedPolicyException.',
  ),
} as const satisfies BehaviourRows;
