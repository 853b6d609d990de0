import type { Context } from 'aws-lambda';
import type { ReasonCode } from '../../domain/reason-code.ts';
import { DeadlineError } from './deadline-error.ts';
import type { FaultLog } from './fault-log.ts';
import type { Decision, VerdictMiddleware } from './verdict-request.ts';

/** One call of a function, as Lambda makes it. */
export interface Invocation {
  readonly event: unknown;
  readonly context: Context;
}

export interface FailClosed<Decided extends Decision> {
  readonly faults: FaultLog;
  /** Writes the refusal of an invocation that could not be judged. */
  readonly refuse: (invocation: Invocation, reason: ReasonCode) => Decided & { readonly verdict: 'refuse' };
}

/** Turns whatever broke into a refusal, and leaves what broke in the log. */
export const failClosed = <Decided extends Decision>({ faults, refuse }: FailClosed<Decided>): VerdictMiddleware<Decided> => ({
  onError: (request) => {
    faults.report(request.error);
    request.response = refuse(request, request.error instanceof DeadlineError ? 'deadline-exceeded' : 'internal-error');
  },
});
