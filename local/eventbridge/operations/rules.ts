import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { EventBridgeDependencies } from '../eventbridge-dependencies.ts';
import { parseEventPattern } from '../pattern/event-pattern.ts';
import type { Rule, RuleSettings } from '../rule.ts';
import { ruleStates } from '../rule.ts';
import { parseSchedule } from '../schedule/parse-schedule.ts';
import { defaultBus, page, pageOf, ruleName, tagList } from './input-schemas.ts';

const putInput = z.object({
  Name: ruleName,
  ScheduleExpression: z.string().max(256).optional(),
  EventPattern: z.string().max(4096).optional(),
  State: z.enum(ruleStates).default('ENABLED'),
  Description: z.string().max(512).optional(),
  RoleArn: z.undefined('The local AWS has no targets that need a RoleArn').optional(),
  EventBusName: defaultBus,
  Tags: tagList.default([]),
});

const invalidSchedule = (): AwsError => new AwsError('ValidationException', 'Parameter ScheduleExpression is not valid.');

const timingOf = (expression: string | undefined, known: RuleSettings['timing']): RuleSettings['timing'] => {
  if (expression === undefined || expression === known?.expression) return expression === undefined ? undefined : known;
  const schedule = parseSchedule(expression);
  if (schedule === undefined) throw invalidSchedule();
  return { expression, schedule };
};

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html; the tags of a rule that exists stay as they are. */
export const putRule =
  ({ rules, scheduler }: EventBridgeDependencies): Operation =>
  (members) => {
    const { Name, ScheduleExpression: expression, EventPattern: text, State: state, ...told } = parseInput(putInput, members);
    if (expression === undefined && text === undefined)
      throw new AwsError('ValidationException', 'Parameter(s) EventPattern or ScheduleExpression must be specified.');
    const known = rules.find(Name);
    const timing = timingOf(expression, known?.settings.timing);
    const filter = text === undefined ? undefined : { text, matches: parseEventPattern(text) };
    const rule = rules.put(Name, { timing, filter, state, description: told.Description });
    if (known === undefined) for (const { Key, Value } of told.Tags) rule.tags.set(Key, Value);
    scheduler.follow(rule);
    return { RuleArn: rule.arn };
  };

const named = z.object({ Name: ruleName, EventBusName: defaultBus });

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteRule.html; succeeds when there is none. */
export const deleteRule =
  ({ rules, scheduler }: EventBridgeDependencies): Operation =>
  (members) => {
    const { Name } = parseInput(named, members);
    const rule = rules.find(Name);
    if (rule === undefined) return undefined;
    if (rule.targets.size > 0) throw new AwsError('ValidationException', "Rule can't be deleted since it has targets.");
    scheduler.forget(rule);
    rules.delete(Name);
    return undefined;
  };

/** A rule as the API shows it. */
export const describeAs = ({ name, arn, settings }: Rule): object => ({
  Name: name,
  Arn: arn,
  ...(settings.timing === undefined ? {} : { ScheduleExpression: settings.timing.expression }),
  ...(settings.filter === undefined ? {} : { EventPattern: settings.filter.text }),
  State: settings.state,
  ...(settings.description === undefined ? {} : { Description: settings.description }),
  EventBusName: 'default',
});

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeRule.html */
export const describeRule =
  ({ account, rules }: EventBridgeDependencies): Operation =>
  (members) => ({ ...describeAs(rules.get(parseInput(named, members).Name)), CreatedBy: account.accountId });

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRules.html */
export const listRules =
  ({ rules }: EventBridgeDependencies): Operation =>
  (members) => {
    const wanted = parseInput(z.object({ NamePrefix: z.string().default(''), EventBusName: defaultBus, ...page }), members);
    const { items, ...token } = pageOf(
      rules.list().filter(({ name }) => name.startsWith(wanted.NamePrefix)),
      wanted,
    );
    return { Rules: items.map(describeAs), ...token };
  };

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_EnableRule.html, and DisableRule. */
export const switchRule =
  ({ rules, scheduler }: EventBridgeDependencies, isEnabled: boolean): Operation =>
  (members) => {
    const rule = rules.get(parseInput(named, members).Name);
    const isOn = rule.settings.state !== 'DISABLED';
    if (isOn !== isEnabled) rule.settings = { ...rule.settings, state: isEnabled ? 'ENABLED' : 'DISABLED' };
    scheduler.follow(rule);
    return undefined;
  };
