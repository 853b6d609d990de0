import type { Stack } from '../stacks/stack.ts';
import type { StackResource } from '../stacks/stack-resource.ts';
import type { DeploymentServices } from './deployment-context.ts';
import { resourceContext } from './deployment-context.ts';
import { failureReason } from './provider-failure.ts';

/** Deletes one resource and records how it went. Answers whether it is gone. */
export const deleteResource = async (services: DeploymentServices, stack: Stack, resource: StackResource): Promise<boolean> => {
  stack.recordResource(resource, 'DELETE_IN_PROGRESS');
  try {
    await services.providers.get(resource.type).delete(resource, resource.properties, resourceContext(stack, resource));
    stack.recordResource(resource, 'DELETE_COMPLETE');
    return true;
  } catch (thrown) {
    stack.recordResource(resource, 'DELETE_FAILED', failureReason(thrown));
    return false;
  }
};

export type IsRetained = (resource: StackResource) => boolean;

/** Deletes in reverse order of creation; what is retained is skipped. Answers the resources that could not be deleted. */
export const deleteInReverse = async (
  services: DeploymentServices,
  stack: Stack,
  work: { readonly resources: readonly StackResource[]; readonly isRetained: IsRetained },
): Promise<readonly StackResource[]> => {
  const failed: StackResource[] = [];
  for (const resource of work.resources.toReversed()) {
    // What a resource that is still there refers to must stay as well.
    const isHeld = failed.some(({ dependencies }) => dependencies.includes(resource.logicalId));
    if (work.isRetained(resource)) stack.recordResource(resource, 'DELETE_SKIPPED');
    else if (isHeld || !(await deleteResource(services, stack, resource))) failed.push(resource);
  }
  return failed;
};
