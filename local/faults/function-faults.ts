import { AwsError } from '../aws-error.ts';
import { type Clock, sleep } from '../clock.ts';
import type { FunctionRun, ProceedRun, RunInterceptor } from '../lambda/run-interceptor.ts';
import type { Outcome } from '../lambda/worker/execution-environment.ts';
import { matchesWildcards } from '../policy/match-pattern.ts';
import type { FaultNote, FunctionFault } from './fault.ts';
import type { FaultBook } from './fault-book.ts';
import { throttlingError } from './throttling-error.ts';

const failed = (errorType: string, errorMessage: string): Outcome => ({ outcome: 'failed', error: { errorType, errorMessage } });

/** The work is done, and whoever waits for the answer waits until the function's time is up. */
const loseReply = async (run: FunctionRun, proceed: ProceedRun, clock: Clock): Promise<Outcome> => {
  const timeIsUp = sleep(clock, run.timeoutSeconds * 1000);
  await proceed();
  await timeIsUp;
  return failed('Sandbox.Timedout', `RequestId: ${run.requestId} Error: Task timed out after ${run.timeoutSeconds.toFixed(2)} seconds`);
};

const perform = async (
  { effect }: FunctionFault,
  run: FunctionRun,
  ports: { readonly clock: Clock; readonly proceed: ProceedRun },
): Promise<Outcome> => {
  switch (effect.kind) {
    case 'latency':
      await sleep(ports.clock, effect.ms);
      return ports.proceed();
    case 'throttle':
      throw throttlingError('lambda');
    case 'error':
      return failed(effect.errorType, effect.message);
    case 'kill':
      return ports.proceed(effect.afterMs);
    case 'lose-reply':
      return loseReply(run, ports.proceed, ports.clock);
  }
};

/** What a struck invocation came to. */
export interface StruckRun extends FaultNote {
  readonly run: FunctionRun;
  /** The error type or code; undefined for one that succeeded. */
  readonly errorCode: string | undefined;
  readonly durationMs: number;
}

const errorCodeOf = async (outcome: Promise<Outcome>): Promise<string | undefined> => {
  try {
    const settled = await outcome;
    return settled.outcome === 'failed' ? settled.error.errorType : undefined;
  } catch (thrown) {
    return thrown instanceof AwsError ? thrown.code : 'InternalFailure';
  }
};

/** Lets the faults of the book strike at invocations; tells `note` what came of those that were struck. */
export const functionFaults =
  (faults: FaultBook, clock: Clock, note: (struck: StruckRun) => void): RunInterceptor =>
  async (run, proceed) => {
    const strike = faults.isEmpty
      ? undefined
      : faults.strike('function', ({ functionName }) => matchesWildcards(functionName, run.functionName));
    if (strike === undefined) return proceed();
    const startedAt = performance.now();
    const outcome = perform(strike.fault, run, { clock, proceed });
    const errorCode = await errorCodeOf(outcome);
    note({ faultId: strike.faultId, effect: strike.fault.effect.kind, run, errorCode, durationMs: performance.now() - startedAt });
    return outcome;
  };
