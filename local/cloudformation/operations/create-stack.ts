import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { CloudFormationContext } from '../cloudformation-context.ts';
import { deploymentInput, deploymentRequest } from './deployment-input.ts';
import { startDeployment } from './start-deployment.ts';

const schema = deploymentInput.extend({
  DisableRollback: z.stringbool().default(false),
  OnFailure: z.enum(['ROLLBACK', 'DO_NOTHING']).optional(),
  EnableTerminationProtection: z.stringbool().default(false),
});

/** CreateStack. Makes a stack and its resources. */
export const createStack =
  (context: CloudFormationContext): Operation =>
  async (raw) => {
    const input = parseInput(schema, raw, 'ValidationError');
    if (context.stacks.find(input.StackName) !== undefined) {
      throw new AwsError('AlreadyExistsException', `Stack [${input.StackName}] already exists`);
    }
    const stack = context.stacks.create(input.StackName);
    try {
      const request = deploymentRequest(input, stack, context);
      stack.isTerminationProtected = input.EnableTerminationProtection;
      const isRollbackDisabled = input.DisableRollback || input.OnFailure === 'DO_NOTHING';
      await startDeployment(context, stack, { request, kind: 'CREATE', isRollbackDisabled, requestToken: input.ClientRequestToken });
    } catch (thrown) {
      context.stacks.forget(stack);
      throw thrown;
    }
    return { StackId: stack.stackId };
  };
