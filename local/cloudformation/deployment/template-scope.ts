import type { Account } from '../../account.ts';
import type { Scope } from '../intrinsics/scope.ts';
import type { ResolvedParameter } from '../template/resolve-parameters.ts';
import type { Template } from '../template/template.ts';
import { validationError } from '../template/validation-error.ts';

export interface StackIdentity {
  readonly stackName: string;
  readonly stackId: string;
}

/** What a template's functions can be told before anything is deployed. */
export interface TemplateFacts {
  readonly account: Account;
  readonly identity: StackIdentity;
  readonly template: Template;
  readonly parameters: readonly ResolvedParameter[];
  readonly conditions: ReadonlyMap<string, boolean>;
  readonly importValue: (name: string) => string;
}

const pseudoParameters = ({ account, identity }: TemplateFacts): Readonly<Record<string, unknown>> => ({
  'AWS::AccountId': account.accountId,
  'AWS::NotificationARNs': [],
  'AWS::Partition': account.partition,
  'AWS::Region': account.region,
  'AWS::StackId': identity.stackId,
  'AWS::StackName': identity.stackName,
  'AWS::URLSuffix': 'amazonaws.com',
});

const mappingValue = (template: Template, name: string, keys: readonly [string, string]): unknown => {
  const map = Object.hasOwn(template.Mappings, name) ? template.Mappings[name] : undefined;
  if (map === undefined)
    throw validationError(`Template error: Mapping named '${name}' is not present in the 'Mappings' section of template.`);
  const inner = Object.hasOwn(map, keys[0]) ? map[keys[0]] : undefined;
  if (inner === undefined || !Object.hasOwn(inner, keys[1])) {
    throw validationError(`Template error: Unable to get mapping for ${name}::${keys[0]}::${keys[1]}`);
  }
  return inner[keys[1]];
};

/** How resources answer: symbols while planning, physical ids and attributes while deploying. */
export type ResourceAnswers = Pick<Scope, 'ref' | 'getAtt'> & Partial<Pick<Scope, 'dynamicReference'>>;

/** The scope of one template: pseudo parameters, parameters, mappings and conditions; resources answer as told. */
export const templateScope = (facts: TemplateFacts, resources: ResourceAnswers): Scope => {
  const pseudo = pseudoParameters(facts);
  const values = new Map(facts.parameters.map(({ name, value }) => [name, value]));
  return {
    region: facts.account.region,
    ref: (name) => (Object.hasOwn(pseudo, name) ? pseudo[name] : (values.get(name) ?? resources.ref(name))),
    getAtt: resources.getAtt,
    condition: (name) => {
      const holds = facts.conditions.get(name);
      if (holds === undefined) throw validationError(`Template error: unresolved condition dependency ${name} in the template`);
      return holds;
    },
    mapping: (name, top, second) => mappingValue(facts.template, name, [top, second]),
    importValue: (name) => facts.importValue(name),
    ...(resources.dynamicReference === undefined ? {} : { dynamicReference: resources.dynamicReference }),
  };
};
