import type { Operation } from '../../gateway/operation.ts';
import type { CloudFormationContext } from '../cloudformation-context.ts';
import { lookUpChangeSet } from './find-change-set.ts';

/** DeleteChangeSet. Removes a change set; one that is not there counts as removed. */
export const deleteChangeSet =
  ({ stacks }: CloudFormationContext): Operation =>
  (raw) => {
    const { stack, changeSet } = lookUpChangeSet(raw, stacks);
    if (changeSet !== undefined) stack.changeSets.delete(changeSet.changeSetName);
    return {};
  };
