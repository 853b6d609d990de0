import type { Stack } from '../stacks/stack.ts';
import type { StackResource } from '../stacks/stack-resource.ts';
import { deleteInReverse } from './delete-resources.ts';
import type { DeploymentServices } from './deployment-context.ts';
import { resourceContext } from './deployment-context.ts';
import type { JournalEntry } from './deployment-run.ts';
import { failureReason } from './provider-failure.ts';

/** A rolled back creation keeps only what says `Retain` (template reference, DeletionPolicy: RetainExceptOnCreate deletes it). */
const isRetained = ({ template }: StackResource): boolean => template.DeletionPolicy === 'Retain';

/** Deletes what a failed creation made. */
export const rollBackCreation = async (services: DeploymentServices, stack: Stack, journal: readonly JournalEntry[]): Promise<void> => {
  const failed = await deleteInReverse(services, stack, { resources: journal.map(({ after }) => after), isRetained });
  stack.resources = new Map(failed.map((resource) => [resource.logicalId, resource]));
  if (failed.length === 0) stack.setStatus('ROLLBACK_COMPLETE');
  else
    stack.setStatus(
      'ROLLBACK_FAILED',
      `The following resource(s) failed to delete: [${failed.map(({ logicalId }) => logicalId).join(', ')}]. `,
    );
};

type Replacement = Extract<JournalEntry, { readonly before: StackResource }>;

const restore = async (services: DeploymentServices, stack: Stack, entry: Replacement): Promise<StackResource> => {
  const { before, after } = entry;
  stack.recordResource(before, 'UPDATE_IN_PROGRESS');
  const provider = services.providers.get(before.type);
  const change = { from: after.properties, to: before.properties };
  const state = await provider.update(after, change, resourceContext(stack, before));
  stack.recordResource(before, 'UPDATE_COMPLETE');
  return { ...before, physicalId: state.physicalId, attributes: state.attributes, isSecret: state.isSecret === true };
};

/** Puts a stack back to what it was before a failed update, and deletes what the update made. */
export const rollBackUpdate = async (services: DeploymentServices, stack: Stack, journal: readonly JournalEntry[]): Promise<void> => {
  const resources = new Map(stack.resources);
  const superfluous: StackResource[] = [];
  for (const entry of journal.toReversed()) {
    if (entry.done !== 'updated') {
      superfluous.unshift(entry.after);
      continue;
    }
    try {
      resources.set(entry.before.logicalId, await restore(services, stack, entry));
    } catch (thrown) {
      stack.recordResource(entry.before, 'UPDATE_FAILED', failureReason(thrown));
      stack.setStatus('UPDATE_ROLLBACK_FAILED', `The following resource(s) failed to update: [${entry.before.logicalId}]. `);
      return;
    }
  }
  stack.resources = resources;
  stack.setStatus('UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
  await deleteInReverse(services, stack, { resources: superfluous, isRetained });
  stack.setStatus('UPDATE_ROLLBACK_COMPLETE');
};
