import { resolveIntrinsics } from '../intrinsics/resolve-intrinsics.ts';
import { validationError } from '../template/validation-error.ts';
import type { TemplateFacts } from './template-scope.ts';
import { templateScope } from './template-scope.ts';

const noResources = (where: string) => ({
  ref: (name: string): never => {
    throw validationError(
      `Template format error: Unresolved dependencies [${name}]. Cannot reference resources in the ${where} block of the template`,
    );
  },
  getAtt: (): never => {
    throw validationError(`Template error: Fn::GetAtt cannot be used in the ${where} block of the template`);
  },
});

/** Whether each condition of the template holds. Conditions may name one another; a cycle is refused. */
export const evaluateConditions = (facts: Omit<TemplateFacts, 'conditions'>): ReadonlyMap<string, boolean> => {
  const known = new Map<string, boolean>();
  const open = new Set<string>();
  const evaluate = (name: string): boolean => {
    const done = known.get(name);
    if (done !== undefined) return done;
    if (open.has(name)) throw validationError(`Template error: Found circular condition dependency: ${name}`);
    if (!Object.hasOwn(facts.template.Conditions, name)) {
      throw validationError(`Template format error: Unresolved condition dependency ${name} in the Conditions block of the template`);
    }
    open.add(name);
    const scope = { ...templateScope({ ...facts, conditions: known }, noResources('Conditions')), condition: evaluate };
    const holds = resolveIntrinsics(facts.template.Conditions[name], scope);
    if (typeof holds !== 'boolean')
      throw validationError(
        `Template format error: Conditions can only be boolean operations on parameters and other conditions (${name})`,
      );
    known.set(name, holds);
    return holds;
  };
  for (const name of Object.keys(facts.template.Conditions)) evaluate(name);
  return known;
};

/** Refuses a deployment when an assertion of the template's rules does not hold. */
export const checkRules = (facts: TemplateFacts): void => {
  const scope = templateScope(facts, noResources('Rules'));
  for (const [name, rule] of Object.entries(facts.template.Rules)) {
    const applies = rule.RuleCondition === undefined || resolveIntrinsics(rule.RuleCondition, scope) === true;
    const broken = applies ? rule.Assertions.find(({ Assert }) => resolveIntrinsics(Assert, scope) !== true) : undefined;
    if (broken !== undefined) throw validationError(`Template error: rule ${name} does not hold. ${broken.AssertDescription ?? ''}`);
  }
};
