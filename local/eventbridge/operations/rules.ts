import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { EventBridgeDependencies } from '../eventbridge-dependencies.ts';
import type { Rule } from '../rule.ts';
import { parseSchedule } from '../schedule/parse-schedule.ts';
import { defaultBus, page, pageOf, ruleName, tagList } from './input-schemas.ts';

const putInput = z.object({
  Name: ruleName,
  ScheduleExpression: z.string().max(256).optional(),
  EventPattern: z.undefined('The local AWS has scheduled rules only, none with an EventPattern').optional(),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Description: z.string().max(512).optional(),
  RoleArn: z.undefined('The local AWS has no targets that need a RoleArn').optional(),
  EventBusName: defaultBus,
  Tags: tagList.default([]),
});

const invalidSchedule = (): AwsError => new AwsError('ValidationException', 'Parameter ScheduleExpression is not valid.');

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html; the tags of a rule that exists stay as they are. */
export const putRule =
  ({ rules, scheduler }: EventBridgeDependencies): Operation =>
  (members) => {
    const { Name, ScheduleExpression: expression, State, Description, Tags } = parseInput(putInput, members);
    if (expression === undefined)
      throw new AwsError('ValidationException', 'Parameter(s) EventPattern or ScheduleExpression must be specified.');
    const isNew = rules.find(Name) === undefined;
    const known = rules.find(Name)?.settings;
    const schedule = known?.expression === expression ? known.schedule : parseSchedule(expression);
    if (schedule === undefined) throw invalidSchedule();
    const rule = rules.put(Name, { expression, schedule, isEnabled: State === 'ENABLED', description: Description });
    if (isNew) for (const { Key, Value } of Tags) rule.tags.set(Key, Value);
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
  ScheduleExpression: settings.expression,
  State: settings.isEnabled ? 'ENABLED' : 'DISABLED',
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
    if (rule.settings.isEnabled !== isEnabled) rule.settings = { ...rule.settings, isEnabled };
    scheduler.follow(rule);
    return undefined;
  };
