import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { CloudFormationContext } from '../cloudformation-context.ts';

const schema = z.object({ StackName: z.string().min(1), EnableTerminationProtection: z.stringbool() });

/** UpdateTerminationProtection. Changes one stack. */
export const updateTerminationProtection =
  ({ stacks }: CloudFormationContext): Operation =>
  (raw) => {
    const input = parseInput(schema, raw, 'ValidationError');
    const stack = stacks.get(input.StackName);
    stack.isTerminationProtected = input.EnableTerminationProtection;
    return { StackId: stack.stackId };
  };
