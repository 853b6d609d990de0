import { cloudwatchLogsAction } from './cloudwatch-logs.ts';
import { lambdaAction } from './lambda.ts';
import { republishAction } from './republish.ts';
import { ActionSettings } from './rule-action.ts';
import type { RuleAction } from './rule-action.ts';
import { sqsAction } from './sqs.ts';

const readers: Readonly<Record<string, (settings: ActionSettings) => RuleAction>> = {
  sqs: sqsAction,
  lambda: lambdaAction,
  republish: republishAction,
  cloudwatchLogs: cloudwatchLogsAction,
};

const actionKinds: readonly string[] = Object.keys(readers);

/** An action that cannot even be read fails whenever it is performed, so that the error action learns of it. */
const brokenAction = (name: string, message: string): RuleAction => ({
  name,
  resource: '',
  perform: () => Promise.reject(new Error(message)),
});

/** Reads `{ <kind>: { … } }` as the API has it. */
export function readAction(action: object): RuleAction {
  const entries: readonly (readonly [string, unknown])[] = Object.entries(action);
  const [kind, members] = entries.find(([, value]) => value !== undefined) ?? ['none', undefined];
  const read = Object.hasOwn(readers, kind) ? readers[kind] : undefined;
  if (read === undefined || typeof members !== 'object' || members === null)
    return brokenAction(kind, `The action ${kind} is not supported; supported are ${actionKinds.join(', ')}`);
  try {
    return read(new ActionSettings(kind, members));
  } catch (error) {
    return brokenAction(kind, error instanceof Error ? error.message : String(error));
  }
}
