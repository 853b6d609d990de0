import type { Outcome } from './worker/execution-environment.ts';

/** An invocation about to be given to an execution environment. */
export interface FunctionRun {
  readonly functionName: string;
  readonly requestId: string;
  /** The function's own time-out. */
  readonly timeoutSeconds: number;
}

/** Runs it; `killAfterMs` later its environment is terminated, wherever the function is by then. */
export type ProceedRun = (killAfterMs?: number) => Promise<Outcome>;

/** Stands between Lambda and the execution environments. Rejects with an `AwsError` that refuses the invocation. */
export type RunInterceptor = (run: FunctionRun, proceed: ProceedRun) => Promise<Outcome>;
