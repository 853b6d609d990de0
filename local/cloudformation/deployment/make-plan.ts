import { isJsonObject } from '../../json-object.ts';
import { resolveIntrinsics } from '../intrinsics/resolve-intrinsics.ts';
import type { ResourceQuestion } from '../intrinsics/symbolic.ts';
import { questionSymbol, symbol } from '../intrinsics/symbolic.ts';
import { dependencyOrder } from '../dependency-order.ts';
import type { ProviderRegistry } from '../provider-registry.ts';
import type { ReadSsmParameter, GivenParameter, ResolvedParameter } from '../template/resolve-parameters.ts';
import { resolveParameters } from '../template/resolve-parameters.ts';
import type { Template, TemplateResource } from '../template/template.ts';
import { validationError } from '../template/validation-error.ts';
import type { DeploymentPlan, PlannedOutput, PlannedResource } from './deployment-plan.ts';
import { checkRules, evaluateConditions } from './evaluate-conditions.ts';
import { shownProperties, withMaskedSecrets } from './shown-properties.ts';
import type { TemplateFacts } from './template-scope.ts';
import { templateScope } from './template-scope.ts';

export interface PlanInput {
  readonly facts: Pick<TemplateFacts, 'account' | 'identity'> & {
    /** Undefined where nobody exports that name. */
    readonly importValue: (name: string) => string | undefined;
  };
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
  const ask = (question: ResourceQuestion): string => {
    if (!existing.has(question.logicalId)) throw unresolved(question.logicalId, block);
    asked.add(question.logicalId);
    return questionSymbol(question);
  };
  const scope = templateScope(facts, {
    ref: (logicalId) => ask({ logicalId, attribute: undefined }),
    getAtt: (logicalId, attribute) => ask({ logicalId, attribute }),
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
    shownProperties: shownProperties(template.Properties, symbolicScope(withMaskedSecrets(facts), existing, 'Resources').scope),
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

/** An import that is missing fails the deployment, not the plan: AWS finds it out when it deploys. */
const importOrSymbol =
  (valueOf: PlanInput['facts']['importValue'], missing: Set<string>) =>
  (name: string): string => {
    const value = valueOf(name);
    if (value === undefined) missing.add(name);
    return value ?? symbol(`Import ${name}`);
  };

/** Plans a deployment of a template: everything that can be refused before a resource is touched is refused here, with `ValidationError`. */
export const makePlan = (input: PlanInput): DeploymentPlan => {
  const { template } = input;
  const parameters = resolveParameters(template, { given: input.given, previous: input.previousParameters, readSsm: input.readSsm });
  const missingImports = new Set<string>();
  const known = { ...input.facts, importValue: importOrSymbol(input.facts.importValue, missingImports), template, parameters };
  const conditions = evaluateConditions(known);
  const facts = { ...known, conditions };
  checkRules(facts);
  const wanted = Object.entries(template.Resources).filter(
    ([, { Condition }]) => Condition === undefined || conditions.get(Condition) === true,
  );
  const existing = new Set(wanted.map(([logicalId]) => logicalId));
  const planned = new Map(wanted.map((one) => [one[0], planResource(one, facts, existing)]));
  checkTypes([...planned.values()], input.providers);
  const order = dependencyOrder(new Map([...planned].map(([logicalId, { dependencies }]) => [logicalId, dependencies])));
  const resources = order.map((logicalId) => planned.get(logicalId)).filter((resource) => resource !== undefined);
  const outputs = planOutputs(facts, existing);
  return { template, parameters, conditions, resources, outputs, missingImports: [...missingImports] };
};
