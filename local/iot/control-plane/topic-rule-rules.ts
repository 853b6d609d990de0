import type { TopicRulePayload } from '@aws-sdk/client-iot';
import { invalidRequest, refusalNamed, unauthorized } from '../refusals.ts';
import type { TopicRule } from '../registry/records.ts';
import type { IotRegistry } from '../registry/registry.ts';
import type { SqlVersion } from '../rules/rule-context.ts';
import type { RuleDefinition } from '../rules/rule-definition.ts';
import type { ValidInput } from '../valid-input.ts';
import type { IotServices } from './operation.ts';

const maximumActions = 10;
const maximumRules = 1000;

// The API reference lists these; the model has no enumeration.
const sqlVersions: readonly SqlVersion[] = ['2015-10-08', '2016-03-23', 'beta'];

/** A rule that names no version has the first (DG:iot-create-rule). */
const sqlVersionOf = (named = '2015-10-08'): SqlVersion => {
  const known = sqlVersions.find((version) => version === named);
  if (known === undefined) throw invalidRequest(`SQL version ${named} is unknown; known are ${sqlVersions.join(', ')}.`);
  return known;
};

/** A stored rule as the rules engine reads it. */
export const ruleDefinitionOf = (ruleName: string, payload: ValidInput<TopicRulePayload>): RuleDefinition => ({
  ruleName,
  sql: payload.sql,
  sqlVersion: sqlVersionOf(payload.awsIotSqlVersion),
  actions: payload.actions,
  errorAction: payload.errorAction,
  disabled: payload.ruleDisabled ?? false,
});

const checkAction = (action: object): void => {
  const count = Object.keys(action).length;
  if (count !== 1) throw invalidRequest(`Each action must name exactly one kind of action; one names ${count}.`);
};

/** Refuses a rule that AWS IoT would not store. */
export const checkTopicRule = ({ checkRule }: IotServices, ruleName: string, payload: ValidInput<TopicRulePayload>): void => {
  const count = payload.actions.length;
  const definition = ruleDefinitionOf(ruleName, payload);
  if (count > maximumActions) throw invalidRequest(`A rule has at most ${maximumActions} actions; this has ${count}.`);
  for (const action of payload.actions) checkAction(action);
  if (payload.errorAction !== undefined) checkAction(payload.errorAction);
  checkRule(definition);
};

/** An account has at most 1,000 rules (GR). */
export const requireRoomForRule = ({ registry, behaviour }: IotServices): void => {
  if (registry.topicRules.size >= maximumRules)
    throw refusalNamed(behaviour['rules.limit-refusal'], `The account has ${maximumRules} rules, which is as many as it may have.`);
};

/** A rule, or UnauthorizedException: no operation on rules declares ResourceNotFoundException, and AWS answers a missing rule so. */
export const findTopicRule = (registry: IotRegistry, ruleName: string): TopicRule => {
  const rule = registry.topicRules.get(ruleName);
  if (rule === undefined) throw unauthorized(`Access to topic rule '${ruleName}' was denied`);
  return rule;
};
