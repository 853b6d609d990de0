import type { Template } from 'aws-cdk-lib/assertions';
import { resourcesOf } from '../../lib/rules/read-template.ts';
import type { TemplateResource } from '../../lib/rules/rule.ts';
import { POLICY_TYPE, policyNameOf, type Statement, statementsOf } from '../../lib/rules/policy/statements.ts';

/** The resources of a type, their pseudo parameters filled in. */
export const resourcesOfType = (template: Template, type: string): readonly TemplateResource[] =>
  resourcesOf(template.toJSON()).filter((resource) => resource.type === type);

export const policyNamed = (template: Template, name: string): TemplateResource => {
  const found = resourcesOfType(template, POLICY_TYPE).find((policy) => policyNameOf(policy) === name);
  if (found === undefined) throw new Error(`The stack has no policy "${name}".`);
  return found;
};

const shorten = (arn: string): string => arn.replace(/^arn:aws-us-gov:iot:us-gov-west-1:123456789012:/, '');

/** What a policy says to one action: `topic/…` without the account before it. */
export const said = (policy: TemplateResource, effect: 'Allow' | 'Deny', action: string): readonly string[] =>
  statementsOf(policy)
    .filter((statement: Statement) => statement.effect === effect && statement.actions.includes(action))
    .flatMap(({ resources }) => resources.map(shorten));
