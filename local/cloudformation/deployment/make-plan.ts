import { isJsonObject } from '../../json-object.ts';
import { resolveIntrinsics } from '../intrinsics/resolve-intrinsics.ts';
import { symbol } from '../intrinsics/symbolic.ts';
import { dependencyOrder } from '../dependency-order.ts';
import type { ProviderRegistry } from '../provider-registry.ts';
import type { ReadSsmParameter, GivenParameter, ResolvedParameter } from '../template/resolve-parameters.ts';
import { resolveParameters } from '../template/resolve-parameters.ts';
import type { Template, TemplateResource } from '../template/template.ts';
import { validationError } from '../template/validation-error.ts';
import type { DeploymentPlan, PlannedOutput, PlannedResource } from './deployment-plan.ts';
import { checkRules, evaluateConditions } from './evaluate-conditions.ts';
import type { TemplateFacts } from './template-scope.ts';
import { templateScope } from './template-scope.ts';

export interface PlanInput {
  readonly facts: Pick<TemplateFacts, 'account' | 'identity' | 'importValue'>;
  readonly template: Template;
  readonly given: readonly GivenParameter[];
  readonly previousParameters: readonly ResolvedParameter[];
  readonly readSsm: ReadSsmParameter;
  readonly providers: ProviderRegistry;
}

const unresolved = (name: string, block: string): Error =>
  validationError(`Template format error: Unresolved resource dependencies [${name}] in the ${block} block of the template`);

/** Answers symbols for the resources that will exist, and tells which were asked for. */
const symbolicScope = (facts: TemplateFacts, existing: ReadonlySet<string>, block: string) => {
  const asked = new Set<string>();
  const ask = (logicalId: string, text: string): string => {
    if (!existing.has(logicalId)) throw unresolved(logicalId, block);
    asked.add(logicalId);
    return symbol(text);
  };
  const scope = templateScope(facts, {
    ref: (name) => ask(name, `Ref ${name}`),
    getAtt: (logicalId, attribute) => ask(logicalId, `GetAtt ${logicalId}.${attribute}`),
  });
  return { scope, asked };
};

const planResource = (
  [logicalId, template]: readonly [string, TemplateResource],
  facts: TemplateFacts,
  existing: ReadonlySet<string>,
): PlannedResource => {
  const { scope, asked } = symbolicScope(facts, existing, 'Resources');
  const resolved = resolveIntrinsics(template.Properties, scope);
  const dependencies = new Set([...asked, ...template.DependsOn.filter((id) => existing.has(id))]);
  return {
    logicalId,
    type: template.Type,
    template,
    symbolicProperties: isJsonObject(resolved) ? resolved : {},
    dependencies: [...dependencies],
  };
};

const planOutputs = (facts: TemplateFacts, existing: ReadonlySet<string>): readonly PlannedOutput[] =>
  Object.entries(facts.template.Outputs)
    .filter(([, { Condition }]) => Condition === undefined || facts.conditions.get(Condition) === true)
    .map(([key, template]) => {
      const { scope } = symbolicScope(facts, existing, 'Outputs');
      return { key, template, symbolicValue: resolveIntrinsics([template.Value, template.Export?.Name], scope) };
    });

const checkTypes = (resources: readonly PlannedResource[], providers: ProviderRegistry): void => {
  const unknown = new Set(resources.map(({ type }) => type).filter((type) => providers.find(type) === undefined));
  if (unknown.size > 0) throw validationError(`Template format error: Unrecognized resource types: [${[...unknown].join(', ')}]`);
};

/** Plans a deployment of a template: everything that can be refused before a resource is touched is refused here, with `ValidationError`. */
export const makePlan = (input: PlanInput): DeploymentPlan => {
  const { template } = input;
  const parameters = resolveParameters(template, { given: input.given, previous: input.previousParameters, readSsm: input.readSsm });
  const conditions = evaluateConditions({ ...input.facts, template, parameters });
  const facts = { ...input.facts, template, parameters, conditions };
  checkRules(facts);
  const wanted = Object.entries(template.Resources).filter(
    ([, { Condition }]) => Condition === undefined || conditions.get(Condition) === true,
  );
  const existing = new Set(wanted.map(([logicalId]) => logicalId));
  const planned = new Map(wanted.map((one) => [one[0], planResource(one, facts, existing)]));
  checkTypes([...planned.values()], input.providers);
  const order = dependencyOrder(new Map([...planned].map(([logicalId, { dependencies }]) => [logicalId, dependencies])));
  const resources = order.map((logicalId) => planned.get(logicalId)).filter((resource) => resource !== undefined);
  return { template, parameters, conditions, resources, outputs: planOutputs(facts, existing) };
};
