import { evaluate, evaluateList, EvaluationFailure } from './evaluate-functions.ts';
import type { EvaluationContext } from './evaluate-functions.ts';
import type { Expression } from './expression.ts';
import type { PolicyResource, TemplateDocument, ThingResource } from './template-document.ts';

export interface PlannedThing {
  readonly thingName: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly thingTypeName: string | undefined;
  /** Undefined when the template says nothing of groups. */
  readonly thingGroups: readonly string[] | undefined;
  readonly billingGroup: string | undefined;
  readonly overrides: ThingResource['overrides'];
}

export type PlannedPolicy =
  | { readonly kind: 'existing'; readonly policyName: string }
  | { readonly kind: 'document'; readonly policyDocument: string };

/** What one request asks of the registry, every function evaluated. */
export interface ProvisioningPlan {
  readonly thing: PlannedThing | undefined;
  readonly status: 'ACTIVE' | 'INACTIVE';
  readonly thingPrincipalType: 'EXCLUSIVE_THING' | 'NON_EXCLUSIVE_THING';
  readonly policies: readonly PlannedPolicy[];
  readonly deviceConfiguration: Readonly<Record<string, string>>;
}

const evaluateMap = (map: ReadonlyMap<string, Expression>, context: EvaluationContext): Readonly<Record<string, string>> =>
  Object.fromEntries([...map].map(([key, expression]) => [key, evaluate(expression, context)]));

const optional = (expression: Expression | undefined, context: EvaluationContext): string | undefined =>
  expression === undefined ? undefined : evaluate(expression, context);

const planThing = (thing: ThingResource, context: EvaluationContext): PlannedThing => ({
  thingName: evaluate(thing.thingName, context),
  attributes: evaluateMap(thing.attributes, context),
  thingTypeName: optional(thing.thingTypeName, context),
  thingGroups: thing.thingGroups === undefined ? undefined : evaluateList(thing.thingGroups, context),
  billingGroup: optional(thing.billingGroup, context),
  overrides: thing.overrides,
});

const planPolicy = (policy: PolicyResource, context: EvaluationContext): PlannedPolicy =>
  policy.kind === 'document' ? policy : { kind: 'existing', policyName: evaluate(policy.policyName, context) };

function choose<Choice extends string>(expression: Expression, allowed: readonly Choice[], context: EvaluationContext): Choice {
  const value = evaluate(expression, context);
  // The documentation's examples write "Active" as well as "ACTIVE".
  const choice = allowed.find((candidate) => candidate === value.toUpperCase());
  if (choice === undefined) throw new EvaluationFailure(`"${value}" is not one of ${allowed.join(', ')}`);
  return choice;
}

/** Defaults, overridden by what was given; what only AWS IoT knows cannot be given. */
function bind(
  template: TemplateDocument,
  given: ReadonlyMap<string, string>,
  pseudo: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [name, { defaultValue }] of template.parameters) if (defaultValue !== undefined) values.set(name, defaultValue);
  for (const [name, value] of [...given, ...pseudo]) values.set(name, value);
  const missing = [...template.parameters.keys()].find((name) => !values.has(name));
  // A declared parameter needs a value even when nothing refers to it (DG:provision-template).
  if (missing !== undefined) throw new EvaluationFailure(`The parameter ${missing} has neither a value nor a default`, missing);
  return values;
}

/**
 * Evaluates a template for one certificate.
 * @param given the device's parameters with the hook's overrides applied
 * @param pseudo what AWS IoT knows of the certificate, at least `AWS::IoT::Certificate::Id`; cannot be given
 * @throws EvaluationFailure naming the parameter that has no value, or the function that found nothing
 */
export function evaluateTemplate(
  template: TemplateDocument,
  given: ReadonlyMap<string, string>,
  pseudo: ReadonlyMap<string, string>,
): ProvisioningPlan {
  const context = { mappings: template.mappings, parameters: bind(template, given, pseudo) };
  return {
    thing: template.thing === undefined ? undefined : planThing(template.thing, context),
    status: choose(template.certificate.status, ['ACTIVE', 'INACTIVE'], context),
    thingPrincipalType: choose(template.certificate.thingPrincipalType, ['EXCLUSIVE_THING', 'NON_EXCLUSIVE_THING'], context),
    policies: template.policies.map((policy) => planPolicy(policy, context)),
    deviceConfiguration: evaluateMap(template.deviceConfiguration, context),
  };
}
