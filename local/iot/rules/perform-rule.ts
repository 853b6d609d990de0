import { randomUUID } from 'node:crypto';
import type { ActionInput, ActionPorts, RuleAction } from './actions/rule-action.ts';
import type { CompiledRule } from './compiled-rule.ts';
import { failureMessage } from './failure-message.ts';
import type { RuleContext } from './rule-context.ts';
import type { RuleReport } from './rule-report.ts';
import { isSelected, project } from './sql/project.ts';

interface Failure {
  readonly failedAction: string;
  readonly failedResource: string;
  readonly errorMessage: string;
}

export interface PerformPorts extends ActionPorts {
  readonly report: RuleReport;
}

interface Attempt extends Omit<ActionInput, 'resource'> {
  readonly isErrorAction: boolean;
}

async function attempt(action: RuleAction, { isErrorAction, ...input }: Attempt, ports: PerformPorts): Promise<readonly Failure[]> {
  const { ruleName, context } = input;
  const { behaviour } = context;
  const resource = action.resource(context);
  const done = { ruleName, kind: action.kind, resource, isErrorAction };
  ports.report.starting(done, context);
  try {
    const perform = async (): Promise<void> => action.perform({ ...input, resource }, ports);
    await (action.roleArn === undefined ? perform() : ports.roles.work(action.roleArn, perform));
    ports.report.performed(done, context);
    return [];
  } catch (error) {
    const errorMessage = failureMessage(error, { action, resource, topic: context.topic }, behaviour);
    ports.report.performed({ ...done, failure: errorMessage }, context);
    const failedAction = behaviour['rules.action-names'][action.kind] ?? action.kind;
    return [{ failedAction, failedResource: resource, errorMessage }];
  }
}

// DG:rule-error-handling: one message per rule and message, with all failures in it.
const errorMessage = (ruleName: string, context: RuleContext, failures: readonly Failure[]): Buffer => {
  const trace = context.behaviour['rules.error-trace-is-traceid'] ? context.traceId : undefined;
  const message = {
    ruleName,
    topic: context.topic,
    cloudwatchTraceId: trace ?? randomUUID(),
    clientId: context.clientId ?? context.behaviour['rules.no-client'],
    base64OriginalPayload: context.rawPayload.toString('base64'),
    failures,
  };
  return Buffer.from(JSON.stringify(message));
};

/**
 * Carries a rule out for one message, if its WHERE selects it: the actions side by side, none waiting for another, then
 * the error action if any failed. A failing error action has nobody to tell.
 */
export async function performRule(rule: CompiledRule, context: RuleContext, ports: PerformPorts): Promise<void> {
  const { ruleName, statement } = rule;
  if (!isSelected(statement, context)) return;
  ports.report.executed();
  const input = { ruleName, payload: project(statement, context, rule.sqlVersion), context, isErrorAction: false };
  const failures = (await Promise.all(rule.actions.map((action) => attempt(action, input, ports)))).flat();
  if (failures.length === 0 || rule.errorAction === undefined) return;
  const told = { ruleName, payload: errorMessage(ruleName, context, failures), context, isErrorAction: true };
  await attempt(rule.errorAction, told, ports);
}
