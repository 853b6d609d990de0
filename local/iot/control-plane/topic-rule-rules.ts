import type { TopicRulePayload } from '@aws-sdk/client-iot';
import { invalidRequest, unauthorized } from '../refusals.ts';
import type { TopicRule } from '../registry/records.ts';
import type { IotRegistry } from '../registry/registry.ts';
import type { ValidInput } from '../valid-input.ts';
import type { IotServices } from './operation.ts';

const maximumActions = 10;

// The API reference lists these; the model has no enumeration.
const sqlVersions: ReadonlySet<string> = new Set(['2015-10-08', '2016-03-23', 'beta']);

const checkAction = (action: object): void => {
  const count = Object.keys(action).length;
  if (count !== 1) throw invalidRequest(`Each action must name exactly one kind of action; one names ${count}.`);
};

/** Refuses a rule that AWS IoT would not store. */
export const checkTopicRule = ({ checkRuleSql }: IotServices, payload: ValidInput<TopicRulePayload>): void => {
  const { sql, actions, errorAction, awsIotSqlVersion } = payload;
  if (awsIotSqlVersion !== undefined && !sqlVersions.has(awsIotSqlVersion))
    throw invalidRequest(`SQL version ${awsIotSqlVersion} is unknown.`);
  if (actions.length > maximumActions) throw invalidRequest(`A rule has at most ${maximumActions} actions; this has ${actions.length}.`);
  for (const action of actions) checkAction(action);
  if (errorAction !== undefined) checkAction(errorAction);
  checkRuleSql(sql, awsIotSqlVersion);
};

/** A rule, or UnauthorizedException: no operation on rules declares ResourceNotFoundException, and AWS answers a missing rule so. */
export const findTopicRule = (registry: IotRegistry, ruleName: string): TopicRule => {
  const rule = registry.topicRules.get(ruleName);
  if (rule === undefined) throw unauthorized(`Access to topic rule '${ruleName}' was denied`);
  return rule;
};
