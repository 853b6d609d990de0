import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { arnOf } from '../../account.ts';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { CloudFormationContext } from '../cloudformation-context.ts';
import type { ChangeSet } from '../stacks/change-set.ts';
import type { Stack } from '../stacks/stack.ts';
import { validationError } from '../template/validation-error.ts';
import { deploymentInput, deploymentRequest } from './deployment-input.ts';
import { changesOf, checkUpdatable } from './start-deployment.ts';

const schema = deploymentInput.extend({
  ChangeSetName: z.string().regex(/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/),
  ChangeSetType: z.enum(['CREATE', 'UPDATE']).default('UPDATE'),
  Description: z.string().optional(),
});
type Input = z.output<typeof schema>;

const nothingChanged = "The submitted information didn't contain changes. Submit different information to create a change set.";

const targetStack = (input: Input, context: CloudFormationContext): Stack => {
  const found = context.stacks.find(input.StackName);
  if (input.ChangeSetType === 'UPDATE') {
    if (found === undefined) throw validationError(`Stack [${input.StackName}] does not exist`);
    checkUpdatable(found);
    return found;
  }
  if (found !== undefined && found.status !== 'REVIEW_IN_PROGRESS') {
    throw validationError(
      `Stack [${found.stackName}] already exists and cannot be created again with the changeSet [${input.ChangeSetName}].`,
    );
  }
  return found ?? context.stacks.create(input.StackName);
};

const makeChangeSet = (input: Input, stack: Stack, context: CloudFormationContext): ChangeSet => {
  const deployment = deploymentRequest(input, stack, context);
  const changes = input.ChangeSetType === 'CREATE' ? (changesOf(stack, deployment, context) ?? []) : changesOf(stack, deployment, context);
  return {
    changeSetId: arnOf(context.services.account, 'cloudformation', `changeSet/${input.ChangeSetName}/${randomUUID()}`),
    changeSetName: input.ChangeSetName,
    type: input.ChangeSetType,
    description: input.Description,
    createdAtMs: context.services.clock.now(),
    status: changes === undefined ? 'FAILED' : 'CREATE_COMPLETE',
    statusReason: changes === undefined ? nothingChanged : undefined,
    executionStatus: changes === undefined ? 'UNAVAILABLE' : 'AVAILABLE',
    changes: changes ?? [],
    deployment,
  };
};

/** CreateChangeSet. Plans a deployment; for a new stack it makes the stack in review. */
export const createChangeSet =
  (context: CloudFormationContext): Operation =>
  (raw) => {
    const input = parseInput(schema, raw, 'ValidationError');
    const isNew = context.stacks.find(input.StackName) === undefined;
    const stack = targetStack(input, context);
    if (stack.changeSets.has(input.ChangeSetName)) {
      throw new AwsError('AlreadyExistsException', `ChangeSet ${input.ChangeSetName} already exists in stack ${stack.stackId}`);
    }
    try {
      const changeSet = makeChangeSet(input, stack, context);
      stack.changeSets.set(changeSet.changeSetName, changeSet);
      if (isNew) stack.setStatus('REVIEW_IN_PROGRESS', 'User Initiated');
      return { Id: changeSet.changeSetId, StackId: stack.stackId };
    } catch (thrown) {
      if (isNew) context.stacks.forget(stack);
      throw thrown;
    }
  };
