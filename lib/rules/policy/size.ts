import { ruleFor } from '../rule.ts';
import { POLICY_TYPE } from './statements.ts';

const MAX_CHARACTERS = 2048;

/** General Reference, AWS IoT Core quotas: policy document size, white space excluded. */
export const policySize = ruleFor(
  POLICY_TYPE,
  { name: 'policy-too-long', why: 'AWS IoT refuses a policy document that is too long.' },
  ({ properties }) => {
    const length = JSON.stringify(properties['PolicyDocument'] ?? {}).replaceAll(/\s/g, '').length;
    if (length <= MAX_CHARACTERS) return [];
    return [
      {
        got: `${length} characters without white space, in the region whose name is longest`,
        allowed: `${MAX_CHARACTERS}`,
        fix: 'share fewer topics, or give them shorter names',
      },
    ];
  },
);
