import type { Operation } from '../../gateway/operation.ts';
import type { CloudFormationContext } from '../cloudformation-context.ts';
import type { ResourceChange } from '../deployment/plan-changes.ts';
import { findChangeSet } from './find-change-set.ts';
import { parameterOutputs, tagOutputs } from './stack-output.ts';

const detailsOf = (change: ResourceChange): readonly object[] =>
  change.scope.flatMap((attribute) => {
    const names = attribute === 'Properties' ? change.changedProperties : [undefined];
    return names.map((Name) => ({
      Target: { Attribute: attribute, Name, RequiresRecreation: change.isReplaced ? 'Always' : 'Never' },
      Evaluation: 'Static',
      ChangeSource: 'DirectModification',
    }));
  });

/** What becomes of the old resource; the members of `PolicyAction` in the API reference. */
const policyActionOf = (change: ResourceChange): string | undefined => {
  if (change.action === 'Remove') return change.isRetained ? 'Retain' : 'Delete';
  if (!change.isReplaced) return undefined;
  return change.isRetained ? 'ReplaceAndRetain' : 'ReplaceAndDelete';
};

const changeOutput = (change: ResourceChange): object => ({
  Type: 'Resource',
  ResourceChange: {
    Action: change.action,
    PolicyAction: policyActionOf(change),
    LogicalResourceId: change.logicalId,
    PhysicalResourceId: change.physicalId,
    ResourceType: change.type,
    Replacement: change.action === 'Modify' ? (change.isReplaced ? 'True' : 'False') : undefined,
    Scope: change.scope,
    Details: detailsOf(change),
  },
});

/** DescribeChangeSet. Reads one change set, in one page. */
export const describeChangeSet =
  ({ stacks }: CloudFormationContext): Operation =>
  (raw) => {
    const { stack, changeSet } = findChangeSet(raw, stacks);
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
      Changes: changeSet.changes.map(changeOutput),
      IncludeNestedStacks: false,
    };
  };
