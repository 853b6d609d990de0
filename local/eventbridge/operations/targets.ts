import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { isJsonText } from '../../json-text.ts';
import type { EventBridgeDependencies } from '../eventbridge-dependencies.ts';
import { defaultBus, page, pageOf, ruleName } from './input-schemas.ts';

/** EventBridge API Reference, Target. Members that are not here belong to other services than functions and queues. */
const target = z.strictObject(
  {
    Id: z.string().regex(/^[.\-_A-Za-z0-9]{1,64}$/),
    Arn: z.string().max(1600),
    Input: z.string().max(8192).refine(isJsonText, 'must be JSON').optional(),
    RetryPolicy: z
      .object({
        MaximumRetryAttempts: z.int().min(0).max(185).optional(),
        MaximumEventAgeInSeconds: z.int().min(60).max(86_400).optional(),
      })
      .optional(),
    DeadLetterConfig: z
      .object({
        Arn: z
          .string()
          .regex(/^arn:aws:sqs:/)
          .optional(),
      })
      .optional(),
  },
  { error: (issue) => (issue.code === 'unrecognized_keys' ? `The local AWS has no target with ${issue.keys.join(', ')}` : undefined) },
);

const putInput = z.object({ Rule: ruleName, EventBusName: defaultBus, Targets: z.array(target).min(1).max(100) });

// EventBridge User Guide, "Amazon EventBridge quotas".
const maxTargets = 5;

const requireSupported = (arn: string): void => {
  if (/^arn:aws:(?:sqs|lambda):/.test(arn)) return;
  throw new AwsError('ValidationException', `Parameter ${arn} is not valid. Reason: The local AWS has functions and queues as targets.`);
};

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html; whether a target lets EventBridge in shows when it is sent to. */
export const putTargets =
  ({ rules }: EventBridgeDependencies): Operation =>
  (members) => {
    const { Rule, Targets } = parseInput(putInput, members);
    const rule = rules.get(Rule);
    for (const { Arn } of Targets) requireSupported(Arn);
    if (new Set([...rule.targets.keys(), ...Targets.map(({ Id }) => Id)]).size > maxTargets)
      throw new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
    for (const one of Targets) rule.targets.set(one.Id, one);
    return { FailedEntryCount: 0, FailedEntries: [] };
  };

const removeInput = z.object({
  ...{ Rule: ruleName, EventBusName: defaultBus, Force: z.boolean().optional() },
  Ids: z.array(z.string()).min(1).max(100),
});

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RemoveTargets.html */
export const removeTargets =
  ({ rules }: EventBridgeDependencies): Operation =>
  (members) => {
    const { Rule, Ids } = parseInput(removeInput, members);
    const rule = rules.get(Rule);
    for (const id of Ids) rule.targets.delete(id);
    return { FailedEntryCount: 0, FailedEntries: [] };
  };

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListTargetsByRule.html */
export const listTargetsByRule =
  ({ rules }: EventBridgeDependencies): Operation =>
  (members) => {
    const wanted = parseInput(z.object({ Rule: ruleName, EventBusName: defaultBus, ...page }), members);
    const { items, ...token } = pageOf([...rules.get(wanted.Rule).targets.values()], wanted);
    return { Targets: items, ...token };
  };

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRuleNamesByTarget.html */
export const listRuleNamesByTarget =
  ({ rules }: EventBridgeDependencies): Operation =>
  (members) => {
    const wanted = parseInput(z.object({ TargetArn: z.string(), EventBusName: defaultBus, ...page }), members);
    const found = rules.list().filter(({ targets }) => [...targets.values()].some(({ Arn }) => Arn === wanted.TargetArn));
    const { items, ...token } = pageOf(found, wanted);
    return { RuleNames: items.map(({ name }) => name), ...token };
  };
