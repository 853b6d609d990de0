import { isDeepStrictEqual } from 'node:util';
import { isJsonObject } from '../../json-object.ts';
import type { ProviderRegistry } from '../provider-registry.ts';
import type { Properties } from '../resource-provider.ts';
import type { StackResource } from '../stacks/stack-resource.ts';
import { validationError } from '../template/validation-error.ts';
import type { ChangeDetail, EarlierChanges } from './change-detail.ts';
import { changeDetails, changedParameters } from './change-detail.ts';
import type { DeploymentPlan, PlannedResource } from './deployment-plan.ts';
import { answerOf, knownValue } from './known-values.ts';

/** What a deployment would do to one resource. */
export interface ResourceChange {
  readonly action: 'Add' | 'Modify' | 'Remove';
  readonly logicalId: string;
  readonly physicalId: string | undefined;
  readonly type: string;
  /** `Conditional`: replaced if what it refers to turns out to be another. Undefined unless modified. */
  readonly replacement: 'True' | 'False' | 'Conditional' | undefined;
  readonly details: readonly ChangeDetail[];
  /** Properties as they are, and as they will be as far as that is known; secrets masked. */
  readonly before: Properties | undefined;
  readonly after: Properties | undefined;
  /** Whether the old resource of a removal or replacement stays. */
  readonly isRetained: boolean;
}

export interface PlanComparison {
  readonly resources: ReadonlyMap<string, StackResource>;
  readonly previous: DeploymentPlan | undefined;
  readonly next: DeploymentPlan;
  readonly providers: ProviderRegistry;
}

const removal = (resource: StackResource): ResourceChange => ({
  action: 'Remove',
  logicalId: resource.logicalId,
  physicalId: resource.physicalId,
  type: resource.type,
  replacement: undefined,
  details: [],
  before: resource.shownProperties,
  after: undefined,
  isRetained: resource.template.DeletionPolicy !== 'Delete',
});

/** API reference, ResourceChange: the change with the most impact counts. */
const replacementOf = (details: readonly ChangeDetail[]): 'True' | 'False' | 'Conditional' => {
  const recreating = details.filter(({ requiresRecreation }) => requiresRecreation === 'Always');
  if (recreating.some(({ evaluation }) => evaluation === 'Static')) return 'True';
  return recreating.length > 0 ? 'Conditional' : 'False';
};

const checkType = (before: StackResource, after: PlannedResource): void => {
  if (before.type === after.type) return;
  throw validationError(
    `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${after.logicalId}]`,
  );
};

/** Goes through the resources in the order of deployment, remembering what later ones must know of earlier ones. */
class Comparison {
  readonly #newIds = new Set<string>();
  readonly #replacedIds = new Set<string>();
  readonly #modifiedIds = new Set<string>();
  readonly #earlier: EarlierChanges;
  readonly #input: PlanComparison;
  readonly #before: ReadonlyMap<string, PlannedResource>;

  constructor(input: PlanComparison) {
    this.#input = input;
    this.#before = new Map(input.previous?.resources.map((resource) => [resource.logicalId, resource]));
    const parameters = changedParameters(input.previous?.parameters ?? [], input.next.parameters);
    this.#earlier = { newIds: this.#newIds, replacedIds: this.#replacedIds, modifiedIds: this.#modifiedIds, changedParameters: parameters };
  }

  changeOf(after: PlannedResource): ResourceChange | undefined {
    const [deployed, before] = [this.#input.resources.get(after.logicalId), this.#before.get(after.logicalId)];
    if (deployed !== undefined) checkType(deployed, after);
    const change = deployed === undefined || before === undefined ? this.#addition(after) : this.#modification(deployed, before, after);
    if (change !== undefined) this.#remember(change);
    return change;
  }

  #addition(planned: PlannedResource): ResourceChange {
    const { logicalId, type } = planned;
    const none = { physicalId: undefined, replacement: undefined, before: undefined };
    return { ...none, action: 'Add', logicalId, type, details: [], after: this.#known(planned), isRetained: false };
  }

  #modification(deployed: StackResource, before: PlannedResource, after: PlannedResource): ResourceChange | undefined {
    const { createOnly } = this.#input.providers.get(after.type);
    const details = changeDetails({ before, after, createOnly }, this.#earlier);
    if (details.length === 0) return undefined;
    const { logicalId, physicalId, type } = deployed;
    const values = { before: deployed.shownProperties, after: this.#known(after) };
    const isRetained = before.template.UpdateReplacePolicy === 'Retain';
    return { action: 'Modify', logicalId, physicalId, type, replacement: replacementOf(details), details, ...values, isRetained };
  }

  #known({ shownProperties }: PlannedResource): Properties {
    const known = knownValue(shownProperties, ({ logicalId, attribute }) => {
      const resource = this.#input.resources.get(logicalId);
      const mayChange = this.#replacedIds.has(logicalId) || (attribute !== undefined && this.#modifiedIds.has(logicalId));
      return resource === undefined || mayChange ? undefined : answerOf(resource, attribute);
    });
    return isJsonObject(known) ? known : {};
  }

  #remember({ action, logicalId, replacement, details }: ResourceChange): void {
    if (action === 'Add') this.#newIds.add(logicalId);
    if (replacement === 'True' || replacement === 'Conditional') this.#replacedIds.add(logicalId);
    if (details.some(({ attribute }) => attribute === 'Properties' || attribute === 'Tags')) this.#modifiedIds.add(logicalId);
  }
}

/** The changes that a plan would make to what a stack has now, in the order of the plan, removals last. */
export const planChanges = (input: PlanComparison): readonly ResourceChange[] => {
  const comparison = new Comparison(input);
  const changes = input.next.resources.flatMap((after) => comparison.changeOf(after) ?? []);
  const wanted = new Set(input.next.resources.map(({ logicalId }) => logicalId));
  return [...changes, ...[...input.resources.values()].filter(({ logicalId }) => !wanted.has(logicalId)).map(removal)];
};

/** Whether two plans come out alike in what they output. */
export const haveOutputsChanged = (previous: DeploymentPlan | undefined, next: DeploymentPlan): boolean =>
  !isDeepStrictEqual(
    previous?.outputs.map(({ key, template, symbolicValue }) => [key, symbolicValue, template.Description]),
    next.outputs.map(({ key, template, symbolicValue }) => [key, symbolicValue, template.Description]),
  );
