import { randomUUID } from 'node:crypto';
import type { ActionInput, ActionPorts, RuleAction } from './actions/rule-action.ts';
import type { CompiledRule } from './compiled-rule.ts';
import { isSelected, project } from './sql/evaluate-sql.ts';
import type { RuleReport } from './rule-report.ts';
import type { RuleContext } from './sql/sql-functions.ts';

interface Failure {
  readonly failedAction: string;
  readonly failedResource: string;
  readonly errorMessage: string;
}

interface PerformPorts extends ActionPorts {
  readonly report: RuleReport;
}

async function attempt(action: RuleAction, input: ActionInput, ports: PerformPorts): Promise<readonly Failure[]> {
  const { ruleName, context } = input;
  const done = { ruleName, action, isErrorAction: input.isErrorAction ?? false };
  ports.report.starting(done, context);
  try {
    const perform = async (): Promise<void> => action.perform(input, ports);
    await (action.roleArn === undefined ? perform() : ports.roles.work(action.roleArn, perform));
    ports.report.performed(done, context);
    return [];
  } catch (error) {
    const errorMessage = error instanceof Error ? error.message : String(error);
    ports.report.performed({ ...done, failure: errorMessage }, context);
    return [{ failedAction: action.name, failedResource: action.resource, errorMessage }];
  }
}

// DG:rule-error-handling: one message per rule and message, with all failures in it.
const errorMessage = (ruleName: string, context: RuleContext, failures: readonly Failure[]): Buffer =>
  Buffer.from(
    JSON.stringify({
      ruleName,
      topic: context.topic,
      cloudwatchTraceId: randomUUID(),
      clientId: context.clientId ?? 'n/a',
      base64OriginalPayload: context.rawPayload.toString('base64'),
      failures,
    }),
  );

/**
 * Carries a rule out for one message, if its WHERE selects it: the actions side by side, none waiting for another, then
 * the error action if any failed. Never rejects; a failing error action has nobody to tell.
 */
export async function performRule(rule: CompiledRule, context: RuleContext, ports: PerformPorts): Promise<void> {
  const { ruleName, statement } = rule;
  if (statement === undefined || !isSelected(statement, context)) return;
  ports.report.executed();
  const input = { ruleName, payload: project(statement, context), context };
  const failures = (await Promise.all(rule.actions.map((action) => attempt(action, input, ports)))).flat();
  if (failures.length === 0 || rule.errorAction === undefined) return;
  await attempt(rule.errorAction, { ruleName, payload: errorMessage(ruleName, context, failures), context, isErrorAction: true }, ports);
}
