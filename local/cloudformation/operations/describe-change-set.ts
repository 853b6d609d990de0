import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { CloudFormationContext } from '../cloudformation-context.ts';
import { changeOutput } from './change-output.ts';
import { findChangeSet } from './find-change-set.ts';
import { parameterOutputs, tagOutputs } from './stack-output.ts';

const schema = z.object({ IncludePropertyValues: z.stringbool().default(false) });

/** DescribeChangeSet. Reads one change set, in one page. */
export const describeChangeSet =
  ({ stacks }: CloudFormationContext): Operation =>
  (raw) => {
    const { stack, changeSet } = findChangeSet(raw, stacks);
    const { IncludePropertyValues } = parseInput(schema, raw, 'ValidationError');
    return {
      ChangeSetName: changeSet.changeSetName,
      ChangeSetId: changeSet.changeSetId,
      StackId: stack.stackId,
      StackName: stack.stackName,
      Description: changeSet.description,
      CreationTime: new Date(changeSet.createdAtMs),
      ExecutionStatus: changeSet.executionStatus,
      Status: changeSet.status,
      StatusReason: changeSet.statusReason,
      Parameters: parameterOutputs(changeSet.deployment.plan.parameters),
      Capabilities: changeSet.deployment.capabilities,
      Tags: tagOutputs(changeSet.deployment.tags),
      Changes: changeSet.changes.map((change) => changeOutput(change, IncludePropertyValues)),
      IncludeNestedStacks: false,
    };
  };
