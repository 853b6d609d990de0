import { Worker } from 'node:worker_threads';
import type { Clock } from '../../clock.ts';
import type { FunctionError, WorkerInvocation, WorkerMessage, WorkerStart } from './worker-messages.ts';

export type Outcome =
  | { readonly outcome: 'returned'; readonly payload: string }
  | { readonly outcome: 'failed'; readonly error: FunctionError };

export interface EnvironmentOptions {
  readonly clock: Clock;
  readonly start: Omit<WorkerStart, 'signal'>;
  /** All that the function finds in `process.env`. */
  readonly variables: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  /** When its credentials end; undefined means never. */
  readonly expiresAtMs: number | undefined;
  /** Lambda's own lines around an invocation. */
  readonly log: InvocationObserver;
  /** A line that the function wrote. */
  readonly onLog: (line: string) => void;
}

export interface InvocationObserver {
  started(requestId: string): void;
  finished(finished: { readonly requestId: string; readonly durationMs: number; readonly outcome: Outcome }): void;
}

/** Lambda Developer Guide, "Lambda execution environment": the Init phase is limited to 10 seconds. */
const initLimitMs = 10_000;

// Built into one file, it lies beside that file as JavaScript.
const program = new URL(import.meta.url.endsWith('.ts') ? './worker-main.ts' : './worker-main.js', import.meta.url);

const timedOut = (requestId: string, seconds: number): FunctionError => ({
  errorType: 'Sandbox.Timedout',
  errorMessage: `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`,
});

const exited = (requestId: string, exitCode: number): FunctionError => ({
  errorType: 'Runtime.ExitError',
  errorMessage: `RequestId: ${requestId} Error: Runtime exited ${exitCode === 0 ? 'without providing a reason' : `with error: exit status ${exitCode}`}`,
});

const killed = (requestId: string): FunctionError => ({
  errorType: 'Runtime.ExitError',
  errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`,
});

/** One sandbox of a function: a worker thread that keeps its module state from one invocation to the next. */
export class ExecutionEnvironment {
  readonly #options: EnvironmentOptions;
  readonly #worker: Worker;
  readonly #signal = new Int32Array(new SharedArrayBuffer(4));
  readonly #ready = Promise.withResolvers<FunctionError | undefined>();
  #settle: ((outcome: Outcome) => void) | undefined;
  #requestId = '';
  #isAlive = true;
  #isReady = false;

  constructor(options: EnvironmentOptions) {
    this.#options = options;
    this.#worker = new Worker(program, {
      workerData: { ...options.start, signal: this.#signal.buffer },
      env: { ...options.variables },
      argv: [],
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: Math.max(options.start.memoryMb, 64) },
      // What bypasses the worker's own capture must not reach the host's terminal.
      stdout: true,
      stderr: true,
    });
    this.#worker.unref();
    this.#worker.on('message', (message: WorkerMessage) => {
      this.#hear(message);
    });
    this.#worker.on('error', (error: Error) => {
      this.#lose({ errorType: 'Runtime.ExitError', errorMessage: `RequestId: ${this.#requestId} Error: ${error.message}` });
    });
    this.#worker.on('exit', (code) => {
      this.#lose(exited(this.#requestId, code));
    });
  }

  /** False once the thread ended: it cannot be used again. */
  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** True when its credentials would not last for one more invocation. */
  get isExpired(): boolean {
    const { clock, expiresAtMs, timeoutSeconds } = this.#options;
    return expiresAtMs !== undefined && clock.now() + timeoutSeconds * 1000 >= expiresAtMs;
  }

  /** True once the function's module is loaded. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** Resolves when the function's module is loaded, with what went wrong if something did. */
  async initialized(): Promise<FunctionError | undefined> {
    const timer = this.#options.clock.setTimer(() => {
      this.#lose({ errorType: 'Sandbox.Timedout', errorMessage: 'Error: Init timed out after 10.00 seconds' });
    }, initLimitMs);
    const failure = await this.#ready.promise;
    timer.cancel();
    return failure;
  }

  /** Runs one invocation; the caller sees to it that there is only one at a time. A time-out ends the thread, and so does `killAfterMs`. */
  run(invocation: Omit<WorkerInvocation, 'deadlineMs'>, killAfterMs?: number): Promise<Outcome> {
    const { clock, timeoutSeconds } = this.#options;
    this.#requestId = invocation.requestId;
    if (!this.#isAlive) return Promise.resolve({ outcome: 'failed', error: exited(invocation.requestId, 1) });
    this.#options.log.started(invocation.requestId);
    const startedAtMs = performance.now();
    return new Promise((resolve) => {
      const timer = clock.setTimer(() => {
        this.#lose(timedOut(invocation.requestId, timeoutSeconds));
      }, timeoutSeconds * 1000);
      const killing =
        killAfterMs === undefined
          ? undefined
          : clock.setTimer(() => {
              this.#lose(killed(invocation.requestId));
            }, killAfterMs);
      this.#settle = (outcome) => {
        this.#settle = undefined;
        timer.cancel();
        killing?.cancel();
        this.#worker.unref();
        this.#options.log.finished({ requestId: invocation.requestId, durationMs: performance.now() - startedAtMs, outcome });
        resolve(outcome);
      };
      // While somebody waits for an answer the thread keeps the process alive.
      this.#worker.ref();
      // The function's own clock is the machine's: it cannot be given another.
      this.#worker.postMessage({ ...invocation, deadlineMs: Date.now() + timeoutSeconds * 1000 } satisfies WorkerInvocation);
      Atomics.store(this.#signal, 0, 1);
      Atomics.notify(this.#signal, 0);
    });
  }

  async stop(): Promise<void> {
    this.#isAlive = false;
    await this.#worker.terminate();
  }

  #hear(message: WorkerMessage): void {
    switch (message.type) {
      case 'ready':
        this.#isReady = true;
        this.#ready.resolve(undefined);
        break;
      case 'log':
        this.#options.onLog(message.line);
        break;
      case 'returned':
        this.#settle?.({ outcome: 'returned', payload: message.payload });
        break;
      case 'failed':
        this.#settle?.({ outcome: 'failed', error: message.error });
        break;
      case 'crashed':
        this.#lose(message.error);
        break;
    }
  }

  #lose(error: FunctionError): void {
    this.#isAlive = false;
    this.#ready.resolve(error);
    this.#settle?.({ outcome: 'failed', error });
    void this.#worker.terminate();
  }
}
