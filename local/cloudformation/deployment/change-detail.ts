import { isDeepStrictEqual } from 'node:util';
import type { ResolvedParameter } from '../template/resolve-parameters.ts';
import { memberAt } from './changed-properties.ts';
import type { PlannedResource } from './deployment-plan.ts';
import { namesReferredTo, resourcesIn } from './references.ts';

export type ChangedAttribute = 'Properties' | 'Tags' | 'Metadata' | 'DeletionPolicy' | 'UpdateReplacePolicy';

/** Why one attribute or property changes (API reference, ResourceChangeDetail). */
export interface ChangeDetail {
  readonly attribute: ChangedAttribute;
  /** Of the property; attributes that are no properties have none. */
  readonly name: string | undefined;
  readonly requiresRecreation: 'Always' | 'Never';
  /** `Static`: it changes, and to what is known. `Dynamic`: only the deployment will tell. */
  readonly evaluation: 'Static' | 'Dynamic';
  readonly source: 'DirectModification' | 'ParameterReference' | 'ResourceReference' | 'ResourceAttribute';
  /** The parameter, the resource, or the resource with its attribute. */
  readonly cause: string | undefined;
}

/** What is known of the resources that come before one in the order of deployment. */
export interface EarlierChanges {
  /** Does not exist yet, or may become another one, so that a `Ref` to it is not known. */
  readonly newIds: ReadonlySet<string>;
  /** May be replaced: `Ref` may answer anew. */
  readonly replacedIds: ReadonlySet<string>;
  /** Some of its properties change: any attribute may. */
  readonly modifiedIds: ReadonlySet<string>;
  readonly changedParameters: ReadonlySet<string>;
}

export interface ResourcePair {
  readonly before: PlannedResource;
  readonly after: PlannedResource;
  /** Paths whose change means another resource. */
  readonly createOnly: readonly string[];
}

type Reason = Pick<ChangeDetail, 'evaluation' | 'source' | 'cause'>;

const direct = (evaluation: ChangeDetail['evaluation']): Reason => ({ evaluation, source: 'DirectModification', cause: undefined });

const isKnown = (value: unknown, earlier: EarlierChanges): boolean =>
  resourcesIn(value).every(
    ({ logicalId, attribute }) =>
      !earlier.newIds.has(logicalId) &&
      !earlier.replacedIds.has(logicalId) &&
      (attribute === undefined || !earlier.modifiedIds.has(logicalId)),
  );

const ownReasons = (name: string, { before, after }: ResourcePair, earlier: EarlierChanges): readonly Reason[] => {
  if (isDeepStrictEqual(before.symbolicProperties[name], after.symbolicProperties[name])) return [];
  const isSameText = isDeepStrictEqual(before.template.Properties[name], after.template.Properties[name]);
  if (!isSameText) return [direct(isKnown(after.symbolicProperties[name], earlier) ? 'Static' : 'Dynamic')];
  const parameters = namesReferredTo(after.template.Properties[name]).filter((parameter) => earlier.changedParameters.has(parameter));
  if (parameters.length === 0) return [direct('Static')];
  // User Guide, "Example change sets": a parameter's new value is told twice.
  const told = parameters.map((cause): Reason => ({ evaluation: 'Static', source: 'ParameterReference', cause }));
  return [...told, direct('Dynamic')];
};

const reasonsOfOthers = (value: unknown, earlier: EarlierChanges): readonly Reason[] =>
  resourcesIn(value).flatMap(({ logicalId, attribute }): readonly Reason[] => {
    if (attribute === undefined) {
      return earlier.replacedIds.has(logicalId) ? [{ evaluation: 'Dynamic', source: 'ResourceReference', cause: logicalId }] : [];
    }
    const isAffected = earlier.replacedIds.has(logicalId) || earlier.modifiedIds.has(logicalId);
    return isAffected ? [{ evaluation: 'Dynamic', source: 'ResourceAttribute', cause: `${logicalId}.${attribute}` }] : [];
  });

const needsRecreation = (name: string, { before, after, createOnly }: ResourcePair, reason: Reason): boolean =>
  createOnly
    .filter((path) => path === name || path.startsWith(`${name}/`))
    .some((path) => {
      const isFromOther = reason.source === 'ResourceReference' || reason.source === 'ResourceAttribute';
      const value = memberAt(after.symbolicProperties, path);
      return isFromOther ? resourcesIn(value).length > 0 : !isDeepStrictEqual(memberAt(before.symbolicProperties, path), value);
    });

const propertyDetails = (name: string, pair: ResourcePair, earlier: EarlierChanges): readonly ChangeDetail[] =>
  [...ownReasons(name, pair, earlier), ...reasonsOfOthers(pair.after.symbolicProperties[name], earlier)].map((reason) => ({
    ...(name === 'Tags' ? { attribute: 'Tags', name: undefined } : { attribute: 'Properties', name }),
    requiresRecreation: needsRecreation(name, pair, reason) ? 'Always' : 'Never',
    ...reason,
  }));

const attributes = ['Metadata', 'DeletionPolicy', 'UpdateReplacePolicy'] as const;

const attributeDetails = ({ before, after }: ResourcePair): readonly ChangeDetail[] =>
  attributes
    .filter((attribute) => !isDeepStrictEqual(before.template[attribute], after.template[attribute]))
    .map((attribute) => ({ attribute, name: undefined, requiresRecreation: 'Never', ...direct('Static') }));

/** Everything that changes of one resource, and why. Nothing at all when it stays as it is. */
export const changeDetails = (pair: ResourcePair, earlier: EarlierChanges): readonly ChangeDetail[] => {
  const names = new Set([...Object.keys(pair.before.symbolicProperties), ...Object.keys(pair.after.symbolicProperties)]);
  return [...[...names].flatMap((name) => propertyDetails(name, pair, earlier)), ...attributeDetails(pair)];
};

/** Names of the parameters whose values differ. */
export const changedParameters = (before: readonly ResolvedParameter[], after: readonly ResolvedParameter[]): ReadonlySet<string> => {
  const was = new Map(before.map(({ name, value }): [string, unknown] => [name, value]));
  return new Set(after.filter(({ name, value }) => !isDeepStrictEqual(was.get(name), value)).map(({ name }) => name));
};
