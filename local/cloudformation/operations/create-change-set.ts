import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { arnOf } from '../../account.ts';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { CloudFormationContext } from '../cloudformation-context.ts';
import type { ChangeSet, DeploymentRequest } from '../stacks/change-set.ts';
import { missingExport } from '../stacks/exports.ts';
import type { Stack } from '../stacks/stack.ts';
import { validationError } from '../template/validation-error.ts';
import { deploymentInput, deploymentRequest } from './deployment-input.ts';
import { changesOf, checkUpdatable } from './start-deployment.ts';

const unsupported = (what: string) => z.never({ error: `The local AWS does not support ${what}` }).optional();

const schema = deploymentInput.extend({
  ChangeSetName: z.string().regex(/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/),
  ChangeSetType: z.enum(['CREATE', 'UPDATE'], { error: 'The local AWS does not support the import of resources' }).default('UPDATE'),
  Description: z.string().optional(),
  ClientToken: z.string().optional(),
  // Both are without effect where no stack is nested.
  IncludeNestedStacks: z.stringbool().optional(),
  OnStackFailure: z.literal('ROLLBACK', { error: 'The local AWS does not support another OnStackFailure than ROLLBACK' }).optional(),
  // The CDK CLI asks for it when it bootstraps. Nothing is imported: where a resource of that name exists, its creation fails.
  ImportExistingResources: z.stringbool().optional(),
  DeploymentConfig: z
    .object({ Mode: z.literal('STANDARD', { error: 'The local AWS does not support another Mode than STANDARD' }).optional() })
    .optional(),
  DeploymentMode: unsupported('DeploymentMode'),
  ResourcesToImport: unsupported('the import of resources'),
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

type Outcome = Pick<ChangeSet, 'status' | 'statusReason' | 'executionStatus' | 'changes'>;

const failed = (statusReason: string): Outcome => ({ status: 'FAILED', statusReason, executionStatus: 'UNAVAILABLE', changes: [] });

const outcomeOf = (
  input: Input,
  stack: Stack,
  work: { readonly deployment: DeploymentRequest; readonly context: CloudFormationContext },
): Outcome => {
  const [missing] = work.deployment.plan.missingImports;
  if (missing !== undefined) return failed(missingExport(missing).message);
  const changes = changesOf(stack, work.deployment, work.context);
  if (changes === undefined && input.ChangeSetType === 'UPDATE') return failed(nothingChanged);
  return { status: 'CREATE_COMPLETE', statusReason: undefined, executionStatus: 'AVAILABLE', changes: changes ?? [] };
};

const makeChangeSet = (input: Input, stack: Stack, context: CloudFormationContext): ChangeSet => {
  const deployment = deploymentRequest(input, stack, context);
  return {
    changeSetId: arnOf(context.services.account, 'cloudformation', `changeSet/${input.ChangeSetName}/${randomUUID()}`),
    changeSetName: input.ChangeSetName,
    type: input.ChangeSetType,
    description: input.Description,
    createdAtMs: context.services.clock.now(),
    ...outcomeOf(input, stack, { deployment, context }),
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
