import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { CloudFormationContext } from '../cloudformation-context.ts';
import type { Stack } from '../stacks/stack.ts';
import { validationError } from '../template/validation-error.ts';
import { findChangeSet } from './find-change-set.ts';
import { startDeployment } from './start-deployment.ts';

const schema = z.object({ ClientRequestToken: z.string().optional(), DisableRollback: z.stringbool().default(false) });

/** Executing one change set makes the others of the stack meaningless: they were planned against what is no more. */
const discardOthers = (stack: Stack, executed: string): void => {
  for (const name of stack.changeSets.keys()) if (name !== executed) stack.changeSets.delete(name);
};

/** ExecuteChangeSet. Makes, changes and deletes the stack's resources as planned. */
export const executeChangeSet =
  (context: CloudFormationContext): Operation =>
  async (raw) => {
    const { stack, changeSet } = findChangeSet(raw, context.stacks);
    const input = parseInput(schema, raw, 'ValidationError');
    if (changeSet.executionStatus !== 'AVAILABLE') {
      const message = `ChangeSet [${changeSet.changeSetId}] cannot be executed in its current execution status of [${changeSet.executionStatus}]`;
      throw new AwsError('InvalidChangeSetStatus', message);
    }
    if (stack.isInProgress) throw validationError(`Stack:${stack.stackId} is in ${stack.status} state and can not be updated.`);
    changeSet.executionStatus = 'EXECUTE_IN_PROGRESS';
    discardOthers(stack, changeSet.changeSetName);
    await startDeployment(context, stack, {
      request: changeSet.deployment,
      kind: changeSet.type,
      isRollbackDisabled: input.DisableRollback,
      requestToken: input.ClientRequestToken,
      // An executed change set is gone (API reference, ExecuteChangeSet: "CloudFormation deletes all change sets").
      onDone: () => stack.changeSets.delete(changeSet.changeSetName),
    });
    return {};
  };
