import { AwsError } from '../../../aws-error.ts';
import { invalidRequest } from '../../refusals.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import { ActionSettings } from './action-settings.ts';
import { cloudwatchLogsAction } from './cloudwatch-logs.ts';
import { cloudwatchMetricAction } from './cloudwatch-metric.ts';
import { dynamoDBv2Action } from './dynamodb-v2.ts';
import { lambdaAction } from './lambda.ts';
import { republishAction } from './republish.ts';
import type { ActionKind, RuleAction } from './rule-action.ts';
import { snsAction } from './sns.ts';
import { sqsAction } from './sqs.ts';

const readers: Readonly<Record<ActionKind, (settings: ActionSettings) => RuleAction>> = {
  cloudwatchLogs: cloudwatchLogsAction,
  cloudwatchMetric: cloudwatchMetricAction,
  dynamoDBv2: dynamoDBv2Action,
  lambda: lambdaAction,
  republish: republishAction,
  sns: snsAction,
  sqs: sqsAction,
};

const isActionKind = (kind: string): kind is ActionKind => Object.hasOwn(readers, kind);

/** Reads `{ <kind>: { … } }` as the API has it. @throws AwsError for what AWS would refuse, and by its name for what is not supported */
export function readAction(action: object, dialect: SqlDialect): RuleAction {
  const given: readonly (readonly [string, unknown])[] = Object.entries(action).filter(([, value]) => value !== undefined);
  const [kind, members] = given[0] ?? ['', undefined];
  if (given.length !== 1 || typeof members !== 'object' || members === null)
    throw invalidRequest(`Each action must name exactly one kind of action; one names ${given.length}.`);
  if (!isActionKind(kind))
    throw invalidRequest(`The action ${kind} is not supported by the local AWS; supported are ${Object.keys(readers).join(', ')}.`);
  try {
    return readers[kind](new ActionSettings(kind, members, dialect));
  } catch (error) {
    const isTemplate = error instanceof AwsError && error.code === 'SqlParseException';
    throw isTemplate ? new AwsError(dialect.behaviour['rules.template-refusal'], error.message) : error;
  }
}
