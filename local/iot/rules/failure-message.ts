import { randomUUID } from 'node:crypto';
import { AwsError } from '../../aws-error.ts';
import type { RuleAction } from './actions/rule-action.ts';
import type { RuleBehaviour } from './rule-context.ts';

interface Failing {
  readonly action: Pick<RuleAction, 'kind' | 'words'>;
  readonly resource: string;
  /** Of the message that the rule was at work on. */
  readonly topic: string;
}

/** How a failed action is worded towards the error action (DG:rule-error-handling shows one for S3). */
export function failureMessage(error: unknown, { action, resource, topic }: Failing, behaviour: RuleBehaviour): string {
  const message = error instanceof Error ? error.message : String(error);
  const told = error instanceof AwsError ? { status: error.status, code: error.code } : { status: 400, code: 'InvalidRequest' };
  const { deed, service, resourceKind } = action.words;
  const values = new Map(
    Object.entries({ ...told, deed, service, resourceKind, resource, topic, message, action: action.kind, requestId: randomUUID() }),
  );
  return behaviour['rules.failure-message'].replace(/\{(\w+)\}/g, (all, name: string) => String(values.get(name) ?? all));
}
