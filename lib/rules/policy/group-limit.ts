import { GROUP_POLICY_TYPE } from '../../records/group-policies.ts';
import type { Rule } from '../rule.ts';

const MAX_POLICIES = 2;

/** DG:thing-groups: a thing group holds at most two policies. */
export const groupLimit: Rule = {
  name: 'too-many-group-policies',
  why: 'AWS IoT refuses a third policy on a thing group (LimitExceededException), and only when it is deployed.',
  check: (resources) => {
    const attachments = resources.filter(({ type }) => type === GROUP_POLICY_TYPE);
    const byGroup = Map.groupBy(attachments, ({ properties }) => JSON.stringify(properties['ThingGroupArn']));
    return [...byGroup.values()].flatMap((attached) =>
      attached.slice(MAX_POLICIES).map(({ logicalId }) => ({
        logicalId,
        message: `got ${attached.length} policies on one thing group; allowed is ${MAX_POLICIES}; fix: put their statements together`,
      })),
    );
  },
};
