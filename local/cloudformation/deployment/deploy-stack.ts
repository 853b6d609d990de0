import type { DeploymentRequest } from '../stacks/change-set.ts';
import type { Stack } from '../stacks/stack.ts';
import type { StackResource } from '../stacks/stack-resource.ts';
import { deleteInReverse } from './delete-resources.ts';
import type { DeploymentServices } from './deployment-context.ts';
import { DeploymentRun } from './deployment-run.ts';
import { rollBackCreation, rollBackUpdate } from './roll-back.ts';

export interface DeployOptions {
  readonly request: DeploymentRequest;
  readonly kind: 'CREATE' | 'UPDATE';
  /** Leave what was done where it is when a resource fails. */
  readonly isRollbackDisabled: boolean;
}

const adopt = (stack: Stack, request: DeploymentRequest): void => {
  stack.plan = request.plan;
  stack.description = request.plan.template.Description;
  stack.templateText = request.templateText;
  stack.tags = request.tags;
  stack.capabilities = request.capabilities;
  stack.roleArn = request.roleArn;
};

/** What the new plan has no use for: removed resources, and the old ones of replacements. */
const leftovers = (old: ReadonlyMap<string, StackResource>, run: DeploymentRun): readonly StackResource[] =>
  [...old.values()].filter((resource) => {
    const now = run.resources.get(resource.logicalId);
    return now === undefined || run.journal.some((entry) => entry.done === 'replaced' && entry.before === resource);
  });

/** Deletes what the new plan has no use for. Answers whether all of it is gone or retained. */
const cleanUp = async (services: DeploymentServices, stack: Stack, run: DeploymentRun): Promise<boolean> => {
  const old = stack.resources;
  stack.resources = run.resources;
  stack.imports = run.imports;
  const resources = leftovers(old, run);
  const isRetained = ({ logicalId, template }: StackResource): boolean =>
    run.resources.has(logicalId) ? template.UpdateReplacePolicy === 'Retain' : template.DeletionPolicy !== 'Delete';
  return (await deleteInReverse(services, stack, { resources, isRetained })).length === 0;
};

/** Undoes what was done, unless that is not wanted. */
const fail = async (
  services: DeploymentServices,
  stack: Stack,
  options: DeployOptions & { readonly run: DeploymentRun; readonly reason: string },
): Promise<void> => {
  const { run, kind, reason } = options;
  if (options.isRollbackDisabled) {
    stack.resources = new Map([...stack.resources, ...run.resources]);
    stack.setStatus(`${kind}_FAILED`, reason);
  } else if (kind === 'CREATE') {
    stack.setStatus('ROLLBACK_IN_PROGRESS', `${reason.trimEnd().replace(/\.?$/, '.')} Rollback requested by user.`);
    await rollBackCreation(services, stack, run.journal);
  } else {
    stack.setStatus('UPDATE_ROLLBACK_IN_PROGRESS', reason);
    await rollBackUpdate(services, stack, run.journal);
  }
};

/**
 * Brings a stack to what a request wants, or back to where it was. Never rejects: the stack's status and events tell
 * how it went. The status `…_IN_PROGRESS` has been set by the caller.
 */
export const deployStack = async (services: DeploymentServices, stack: Stack, options: DeployOptions): Promise<boolean> => {
  const { request } = options;
  if (options.kind === 'CREATE') adopt(stack, request);
  const run = new DeploymentRun(services, stack, request.plan);
  try {
    await run.deployResources();
    const outputs = run.resolveOutputs();
    services.exports.checkOutputs(stack, outputs);
    stack.outputs = outputs;
  } catch (thrown) {
    await fail(services, stack, { ...options, run, reason: thrown instanceof Error ? thrown.message : String(thrown) });
    return false;
  }
  adopt(stack, request);
  if (options.kind === 'UPDATE') {
    stack.setStatus('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
    const isClean = await cleanUp(services, stack, run);
    stack.setStatus('UPDATE_COMPLETE', isClean ? undefined : 'Update successful. One or more resources could not be deleted.');
  } else {
    await cleanUp(services, stack, run);
    stack.setStatus('CREATE_COMPLETE');
  }
  return true;
};
