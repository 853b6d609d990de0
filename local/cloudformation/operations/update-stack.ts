import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { CloudFormationContext } from '../cloudformation-context.ts';
import { validationError } from '../template/validation-error.ts';
import { deploymentInput, deploymentRequest } from './deployment-input.ts';
import { changesOf, checkUpdatable, startDeployment } from './start-deployment.ts';

const schema = deploymentInput.extend({ DisableRollback: z.stringbool().default(false) });

/** UpdateStack. Changes a stack and its resources. */
export const updateStack =
  (context: CloudFormationContext): Operation =>
  async (raw) => {
    const input = parseInput(schema, raw, 'ValidationError');
    const stack = context.stacks.find(input.StackName);
    if (stack === undefined) throw validationError(`Stack [${input.StackName}] does not exist`);
    checkUpdatable(stack);
    const request = deploymentRequest(input, stack, context);
    if (changesOf(stack, request, context) === undefined) throw validationError('No updates are to be performed.');
    await startDeployment(context, stack, {
      request,
      kind: 'UPDATE',
      isRollbackDisabled: input.DisableRollback,
      requestToken: input.ClientRequestToken,
    });
    return { StackId: stack.stackId };
  };
