import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { CloudFormationContext } from '../cloudformation-context.ts';
import { deleteStack as deleteStackResources } from '../deployment/delete-stack.ts';
import { validationError } from '../template/validation-error.ts';
import { answerWhenSettled, inNameOf } from './start-deployment.ts';

const schema = z.object({
  StackName: z.string().min(1),
  ClientRequestToken: z.string().optional(),
  DeletionMode: z.literal('STANDARD', { error: 'The local AWS does not support FORCE_DELETE_STACK' }).optional(),
  RoleARN: z.string().optional(),
  RetainResources: z.union([z.literal('').transform((): string[] => []), z.array(z.string())]).default([]),
});

/** DeleteStack. Deletes a stack and its resources; a stack that is not there counts as deleted. */
export const deleteStack =
  (context: CloudFormationContext): Operation =>
  async (raw) => {
    const input = parseInput(schema, raw, 'ValidationError');
    const stack = context.stacks.find(input.StackName);
    if (stack === undefined || stack.status === 'DELETE_COMPLETE') return undefined;
    if (stack.isTerminationProtected) {
      throw validationError(`Stack [${stack.stackName}] cannot be deleted while TerminationProtection is enabled`);
    }
    if (stack.isInProgress) throw validationError(`Stack:${stack.stackId} is in ${stack.status} state and can not be deleted.`);
    if (input.RetainResources.length > 0 && stack.status !== 'DELETE_FAILED') {
      throw validationError(
        `Invalid operation on stack [${stack.stackId}]. RetainResources can be given only for a stack in the DELETE_FAILED state.`,
      );
    }
    stack.requestToken = input.ClientRequestToken;
    stack.setStatus('DELETE_IN_PROGRESS', 'User Initiated');
    const { services } = context;
    const options = { retained: new Set(input.RetainResources), clock: services.clock };
    const work = inNameOf(context, input.RoleARN ?? stack.roleArn, () => deleteStackResources(services, stack, options));
    context.background.start(work);
    await answerWhenSettled(work);
    return undefined;
  };
