import { isDeepStrictEqual } from 'node:util';
import { sleep, systemClock } from '../../clock.ts';
import type { CloudFormationContext } from '../cloudformation-context.ts';
import type { DeployOptions } from '../deployment/deploy-stack.ts';
import { deployStack } from '../deployment/deploy-stack.ts';
import { haveOutputsChanged, planChanges } from '../deployment/plan-changes.ts';
import type { ResourceChange } from '../deployment/plan-changes.ts';
import type { DeploymentRequest } from '../stacks/change-set.ts';
import type { Stack } from '../stacks/stack.ts';
import { validationError } from '../template/validation-error.ts';

const updatable = new Set(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'CREATE_FAILED', 'UPDATE_FAILED']);

/** Refuses to update a stack that is busy or must be deleted first. */
export const checkUpdatable = (stack: Stack): void => {
  if (!updatable.has(stack.status)) throw validationError(`Stack:${stack.stackId} is in ${stack.status} state and can not be updated.`);
};

/** What a request would change; undefined when it changes nothing at all. */
export const changesOf = (
  stack: Stack,
  request: DeploymentRequest,
  context: CloudFormationContext,
): readonly ResourceChange[] | undefined => {
  const changes = planChanges({
    resources: stack.resources,
    previous: stack.plan,
    next: request.plan,
    providers: context.services.providers,
  });
  const isSame =
    changes.length === 0 && !haveOutputsChanged(stack.plan, request.plan) && isDeepStrictEqual([...stack.tags], [...request.tags]);
  return isSame ? undefined : changes;
};

/**
 * How long an answer may be held back while the work goes on. AWS answers at once and works for minutes; here most work
 * is done before a client could ask. This is network latency, not the service's time, hence not the injected clock.
 */
const patienceMs = 2000;

export const answerWhenSettled = async (work: Promise<unknown>): Promise<void> => {
  await Promise.race([work, sleep(systemClock, patienceMs)]);
};

/** A stack's work is done by its role, or else by whoever asked for it (User Guide, "AWS CloudFormation service role"). */
export const inNameOf = <Result>(context: CloudFormationContext, roleArn: string | undefined, work: () => Result): Result =>
  roleArn === undefined ? work() : context.actAsRole(roleArn, work);

/** Starts a deployment and answers when it is done, or soon. */
export const startDeployment = async (
  context: CloudFormationContext,
  stack: Stack,
  options: DeployOptions & { readonly requestToken: string | undefined; readonly onDone?: (isSuccessful: boolean) => void },
): Promise<void> => {
  stack.requestToken = options.requestToken;
  stack.updatedAtMs = options.kind === 'UPDATE' ? context.services.clock.now() : stack.updatedAtMs;
  stack.setStatus(`${options.kind}_IN_PROGRESS`, 'User Initiated');
  const work = inNameOf(context, options.request.roleArn, () => deployStack(context.services, stack, options)).then((isSuccessful) =>
    options.onDone?.(isSuccessful),
  );
  context.background.start(work);
  await answerWhenSettled(work);
};
