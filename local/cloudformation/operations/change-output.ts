import type { ChangeDetail } from '../deployment/change-detail.ts';
import type { ResourceChange } from '../deployment/plan-changes.ts';
import type { Properties } from '../resource-provider.ts';

/** What becomes of the old resource; the members of `PolicyAction` in the API reference. */
const policyActionOf = (change: ResourceChange): string | undefined => {
  if (change.action === 'Remove') return change.isRetained ? 'Retain' : 'Delete';
  if (change.replacement !== 'True' && change.replacement !== 'Conditional') return undefined;
  return change.isRetained ? 'ReplaceAndRetain' : 'ReplaceAndDelete';
};

const valueText = (values: Properties | undefined, name: string): string | undefined => {
  const value = values !== undefined && Object.hasOwn(values, name) ? values[name] : undefined;
  return value === undefined || typeof value === 'string' ? value : JSON.stringify(value);
};

const valuesOf = (change: ResourceChange, name: string): object => {
  const [BeforeValue, AfterValue] = [valueText(change.before, name), valueText(change.after, name)];
  const AttributeChangeType = BeforeValue === undefined ? 'Add' : AfterValue === undefined ? 'Remove' : 'Modify';
  return { Path: `/Properties/${name}`, BeforeValue, AfterValue, AttributeChangeType };
};

const detailOutput = (change: ResourceChange, detail: ChangeDetail, includeValues: boolean): object => {
  const { attribute, name } = detail;
  const property = name ?? (attribute === 'Tags' ? attribute : undefined);
  return {
    Target: {
      Attribute: attribute,
      Name: name,
      RequiresRecreation: detail.requiresRecreation,
      ...(includeValues && property !== undefined ? valuesOf(change, property) : {}),
    },
    Evaluation: detail.evaluation,
    ChangeSource: detail.source,
    CausingEntity: detail.cause,
  };
};

const contextOf = (values: Properties | undefined): string | undefined =>
  values === undefined ? undefined : JSON.stringify({ Properties: values });

/** A change as DescribeChangeSet tells it; with values, `BeforeContext` and `AfterContext` are JSON texts. */
export const changeOutput = (change: ResourceChange, includeValues: boolean): object => ({
  Type: 'Resource',
  ResourceChange: {
    Action: change.action,
    PolicyAction: policyActionOf(change),
    LogicalResourceId: change.logicalId,
    PhysicalResourceId: change.physicalId,
    ResourceType: change.type,
    Replacement: change.replacement,
    Scope: [...new Set(change.details.map(({ attribute }) => attribute))],
    Details: change.details.map((detail) => detailOutput(change, detail, includeValues)),
    ...(includeValues ? { BeforeContext: contextOf(change.before), AfterContext: contextOf(change.after) } : {}),
  },
});
