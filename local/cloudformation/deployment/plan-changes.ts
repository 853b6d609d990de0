import { isDeepStrictEqual } from 'node:util';
import type { ProviderRegistry } from '../provider-registry.ts';
import type { StackResource } from '../stacks/stack-resource.ts';
import { changedProperties, needsReplacement } from './changed-properties.ts';
import type { DeploymentPlan, PlannedResource } from './deployment-plan.ts';

/** What a deployment would do to one resource. */
export interface ResourceChange {
  readonly action: 'Add' | 'Modify' | 'Remove';
  readonly logicalId: string;
  readonly physicalId: string | undefined;
  readonly type: string;
  readonly isReplaced: boolean;
  readonly changedProperties: readonly string[];
  readonly scope: readonly ('Properties' | 'Metadata' | 'DeletionPolicy' | 'UpdateReplacePolicy')[];
  readonly isRetained: boolean;
}

export interface PlanComparison {
  readonly resources: ReadonlyMap<string, StackResource>;
  readonly previous: DeploymentPlan | undefined;
  readonly next: DeploymentPlan;
  readonly providers: ProviderRegistry;
}

const attributes = ['Metadata', 'DeletionPolicy', 'UpdateReplacePolicy'] as const;

const addition = ({ logicalId, type }: PlannedResource): ResourceChange => ({
  action: 'Add',
  logicalId,
  physicalId: undefined,
  type,
  isReplaced: false,
  changedProperties: [],
  scope: [],
  isRetained: false,
});

const removal = (resource: StackResource): ResourceChange => ({
  action: 'Remove',
  logicalId: resource.logicalId,
  physicalId: resource.physicalId,
  type: resource.type,
  isReplaced: false,
  changedProperties: [],
  scope: [],
  isRetained: resource.template.DeletionPolicy !== 'Delete',
});

const modification = (
  deployed: StackResource,
  pair: { readonly before: PlannedResource; readonly after: PlannedResource },
  replaced: { readonly ids: ReadonlySet<string>; readonly providers: ProviderRegistry },
): ResourceChange | undefined => {
  const { before, after } = pair;
  const createOnly = replaced.providers.get(after.type).createOnly;
  const properties = changedProperties(before.symbolicProperties, after.symbolicProperties);
  const followsReplacement = after.dependencies.some(
    (id) => replaced.ids.has(id) && JSON.stringify(after.symbolicProperties).includes(` ${id}`),
  );
  const scope = [
    ...(properties.length > 0 || followsReplacement ? (['Properties'] as const) : []),
    ...attributes.filter((attribute) => !isDeepStrictEqual(before.template[attribute], after.template[attribute])),
  ];
  const isTypeChanged = before.type !== after.type;
  if (scope.length === 0 && !isTypeChanged) return undefined;
  return {
    action: 'Modify',
    logicalId: after.logicalId,
    physicalId: deployed.physicalId,
    type: after.type,
    changedProperties: properties,
    scope,
    isReplaced: isTypeChanged || needsReplacement(createOnly, before.symbolicProperties, after.symbolicProperties),
    isRetained: before.template.UpdateReplacePolicy === 'Retain',
  };
};

/** The changes that a plan would make to what a stack has now, in the order of the plan, removals last. */
export const planChanges = ({ resources, previous, next, providers }: PlanComparison): readonly ResourceChange[] => {
  const before = new Map(previous?.resources.map((resource) => [resource.logicalId, resource]));
  const replacedIds = new Set<string>();
  const changes: ResourceChange[] = [];
  for (const after of next.resources) {
    const [deployed, was] = [resources.get(after.logicalId), before.get(after.logicalId)];
    const change =
      deployed === undefined || was === undefined
        ? addition(after)
        : modification(deployed, { before: was, after }, { ids: replacedIds, providers });
    if (change !== undefined) changes.push(change);
    if (change?.isReplaced === true) replacedIds.add(change.logicalId);
  }
  const wanted = new Set(next.resources.map(({ logicalId }) => logicalId));
  return [...changes, ...[...resources.values()].filter(({ logicalId }) => !wanted.has(logicalId)).map(removal)];
};

/** Whether two plans come out alike in what they output. */
export const haveOutputsChanged = (previous: DeploymentPlan | undefined, next: DeploymentPlan): boolean =>
  !isDeepStrictEqual(
    previous?.outputs.map(({ key, template, symbolicValue }) => [key, symbolicValue, template.Description]),
    next.outputs.map(({ key, template, symbolicValue }) => [key, symbolicValue, template.Description]),
  );
