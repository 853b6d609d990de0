import type { DeploymentServices } from '../deployment/deployment-context.ts';
import type { Properties } from '../resource-provider.ts';
import type { StackResource } from '../stacks/stack-resource.ts';
import type { Stack } from '../stacks/stack.ts';
import type { PropertyDifference } from './compare-properties.ts';
import { compareProperties } from './compare-properties.ts';

export interface ResourceDrift {
  readonly resource: StackResource;
  /** `NOT_CHECKED`: its type cannot be read here. */
  readonly status: 'IN_SYNC' | 'MODIFIED' | 'DELETED' | 'NOT_CHECKED';
  readonly actual: Properties | undefined;
  readonly differences: readonly PropertyDifference[];
  readonly checkedAtMs: number;
}

export interface DriftDetection {
  readonly detectionId: string;
  readonly stack: Stack;
  readonly drifts: readonly ResourceDrift[];
  readonly startedAtMs: number;
}

const driftOf = async ({ providers }: DeploymentServices, resource: StackResource, checkedAtMs: number): Promise<ResourceDrift> => {
  const nothing = { resource, checkedAtMs, actual: undefined, differences: [] };
  const read = providers.find(resource.type)?.read;
  if (read === undefined) return { ...nothing, status: 'NOT_CHECKED' };
  const actual = await read(resource, resource.properties);
  if (actual === undefined) return { ...nothing, status: 'DELETED' };
  const differences = compareProperties(resource.properties, actual);
  return { resource, checkedAtMs, actual, differences, status: differences.length === 0 ? 'IN_SYNC' : 'MODIFIED' };
};

/** Compares every resource of a stack with what there is, with the permissions of whoever asks. */
export const detectDrift = async (services: DeploymentServices, stack: Stack): Promise<readonly ResourceDrift[]> => {
  const checkedAtMs = services.clock.now();
  const drifts: ResourceDrift[] = [];
  for (const resource of stack.resources.values()) drifts.push(await driftOf(services, resource, checkedAtMs));
  return drifts;
};
