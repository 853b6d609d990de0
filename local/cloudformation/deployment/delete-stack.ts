import type { Clock } from '../../clock.ts';
import type { Stack } from '../stacks/stack.ts';
import { deleteInReverse } from './delete-resources.ts';
import type { DeploymentServices } from './deployment-context.ts';

/** Deletes a stack's resources in reverse order. Never rejects: status and events tell how it went. */
export const deleteStack = async (
  services: DeploymentServices,
  stack: Stack,
  options: { readonly retained: ReadonlySet<string>; readonly clock: Clock },
): Promise<void> => {
  try {
    services.exports.checkDeletable(stack);
  } catch (thrown) {
    stack.setStatus('DELETE_FAILED', thrown instanceof Error ? thrown.message : String(thrown));
    return;
  }
  const resources = [...stack.resources.values()];
  const failed = await deleteInReverse(services, stack, {
    resources,
    isRetained: ({ logicalId, template }) => template.DeletionPolicy !== 'Delete' || options.retained.has(logicalId),
  });
  stack.resources = new Map(failed.map((resource) => [resource.logicalId, resource]));
  if (failed.length > 0) {
    stack.setStatus(
      'DELETE_FAILED',
      `The following resource(s) failed to delete: [${failed.map(({ logicalId }) => logicalId).join(', ')}]. `,
    );
    return;
  }
  stack.outputs = [];
  stack.imports = new Set();
  stack.deletedAtMs = options.clock.now();
  stack.setStatus('DELETE_COMPLETE');
};
