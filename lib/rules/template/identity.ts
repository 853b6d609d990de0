import { hookParameters } from '../../../domain/admission/provisioning-contract.ts';
import { entriesOf, type JsonObject, listOf } from '../json.ts';
import { type Mistake, ruleFor, type TemplateResource } from '../rule.ts';
import { bodyResourcesOf, propertiesOf, TEMPLATE_TYPE } from './body.ts';
import { isReferenceTo } from './value-grammar.ts';

/** Names and attributes of a thing come from the hook; its certificate is its own; its policy is written here. */
export const templateIdentity = ruleFor(
  TEMPLATE_TYPE,
  { name: 'device-names-itself', why: 'A device that could choose its thing, its groups or its policy could become another device.' },
  (template) => [...thingMistakes(template), ...certificateMistakes(template), ...policyMistakes(template)],
);

const thingMistakes = (template: TemplateResource): readonly Mistake[] =>
  bodyResourcesOf(template, 'AWS::IoT::Thing')
    .flatMap((thing) => namesIn(propertiesOf(thing)))
    .filter(([where, value]) => !isReferenceTo(value, hookParameters) && !isGroupOfAll(where, value))
    .map(([where, value]) => ({
      got: `${JSON.stringify(value)} as ${where}`,
      allowed: `a reference to one of ${hookParameters.join(', ')}${where === 'ThingGroups' ? ', or the name of a group, written out' : ''}`,
      fix: 'let the hook say it',
    }));

// A name that is written out is the same for every device of the line: none can choose it, and none can leave it out.
const isGroupOfAll = (where: string, value: unknown): boolean => where === 'ThingGroups' && typeof value === 'string';

const namesIn = (thing: JsonObject): readonly (readonly [string, unknown])[] => [
  ['ThingName', thing['ThingName']],
  ['ThingTypeName', thing['ThingTypeName']],
  ...listOf(thing['ThingGroups']).map((group) => ['ThingGroups', group] as const),
  ...entriesOf(thing['AttributePayload']).map(([name, value]) => [`AttributePayload.${name}`, value] as const),
];

// Only an exclusive attachment binds thing variables to the thing whatever the client id (DG:exclusive-thing).
const certificateMistakes = (template: TemplateResource): readonly Mistake[] =>
  bodyResourcesOf(template, 'AWS::IoT::Certificate')
    .map(propertiesOf)
    .filter(({ ThingPrincipalType }) => ThingPrincipalType !== 'EXCLUSIVE_THING')
    .map(({ ThingPrincipalType }) => ({
      got: `${JSON.stringify(ThingPrincipalType)} as ThingPrincipalType`,
      allowed: 'EXCLUSIVE_THING',
      fix: 'set it, so that the certificate speaks for one thing only',
    }));

const policyMistakes = (template: TemplateResource): readonly Mistake[] =>
  bodyResourcesOf(template, 'AWS::IoT::Policy')
    .map(propertiesOf)
    .filter(({ PolicyName }) => typeof PolicyName !== 'string')
    .map(({ PolicyName }) => ({
      got: `${JSON.stringify(PolicyName)} as PolicyName`,
      allowed: 'the name of a policy, written out',
      fix: 'name the policy of the line',
    }));
