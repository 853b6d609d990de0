import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { OperationInput } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { ChangeSet } from '../stacks/change-set.ts';
import type { Stack } from '../stacks/stack.ts';
import type { StackStore } from '../stacks/stack-store.ts';
import { validationError } from '../template/validation-error.ts';

const schema = z.object({ ChangeSetName: z.string().min(1), StackName: z.string().optional() });

export interface FoundChangeSet {
  readonly stack: Stack;
  readonly changeSet: ChangeSet | undefined;
}

const hasName = (changeSet: ChangeSet, nameOrId: string): boolean =>
  changeSet.changeSetName === nameOrId || changeSet.changeSetId === nameOrId;

/** The stack and the change set that a request names, by names or ARNs; the change set may not be there. */
export const lookUpChangeSet = (raw: OperationInput, stacks: StackStore): FoundChangeSet => {
  const input = parseInput(schema, raw, 'ValidationError');
  const byArn = stacks
    .all()
    .find(({ changeSets }) => [...changeSets.values()].some(({ changeSetId }) => changeSetId === input.ChangeSetName));
  const stack = input.StackName === undefined ? byArn : stacks.find(input.StackName);
  if (stack === undefined) {
    if (input.StackName === undefined) throw validationError('StackName must be specified if ChangeSetName is not specified as an ARN.');
    throw validationError(`Stack [${input.StackName}] does not exist`);
  }
  return { stack, changeSet: [...stack.changeSets.values()].find((one) => hasName(one, input.ChangeSetName)) };
};

/** Refuses with `ChangeSetNotFound`. */
export const findChangeSet = (raw: OperationInput, stacks: StackStore): { readonly stack: Stack; readonly changeSet: ChangeSet } => {
  const { stack, changeSet } = lookUpChangeSet(raw, stacks);
  if (changeSet === undefined)
    throw new AwsError('ChangeSetNotFound', `ChangeSet [${String(raw['ChangeSetName'])}] does not exist`, { status: 404 });
  return { stack, changeSet };
};
