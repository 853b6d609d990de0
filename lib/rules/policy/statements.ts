import { isObject, type JsonObject, listOf, stringsOf } from '../json.ts';
import type { TemplateResource } from '../rule.ts';

/** A statement of an AWS IoT policy, read leniently: what is malformed is another rule's finding. */
export interface Statement {
  readonly effect: unknown;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly raw: JsonObject;
}

export const POLICY_TYPE = 'AWS::IoT::Policy';

export const statementsOf = ({ properties }: TemplateResource): readonly Statement[] => {
  const document = properties['PolicyDocument'];
  return listOf(isObject(document) ? document['Statement'] : undefined)
    .filter(isObject)
    .map((raw) => ({ effect: raw['Effect'], actions: stringsOf(raw['Action']), resources: stringsOf(raw['Resource']), raw }));
};

export const allowancesOf = (policy: TemplateResource): readonly Statement[] =>
  statementsOf(policy).filter(({ effect }) => effect === 'Allow');

export const policyNameOf = ({ properties, logicalId }: TemplateResource): string =>
  typeof properties['PolicyName'] === 'string' ? properties['PolicyName'] : logicalId;

const ARN = /^arn:[^:]*:iot:[^:]*:[^:]*:(?<kind>[^/]*)\/(?<name>.*)$/s;

/** What an ARN names: `topic` and `muster/things/…`; undefined when it is no ARN of AWS IoT. */
export const namedBy = (arn: string): { readonly kind: string; readonly name: string } | undefined => {
  const { kind, name } = ARN.exec(arn)?.groups ?? {};
  return kind === undefined || name === undefined ? undefined : { kind, name };
};

/** The one variable that stands for the device itself. */
export const THING = '${iot:Connection.Thing.ThingName}';
