import type { ExecutionEnvironment, Outcome } from './execution-environment.ts';
import type { WorkerInvocation } from './worker-messages.ts';

export interface PoolOptions {
  readonly start: () => Promise<ExecutionEnvironment>;
  /** Threads at most. Beyond them invocations wait for a free one: AWS has more machines than this one has cores. */
  readonly maxEnvironments: number;
}

/** The execution environments of one version of a function. */
export class EnvironmentPool {
  readonly #options: PoolOptions;
  readonly #idle: ExecutionEnvironment[] = [];
  readonly #waiting: ((environment: ExecutionEnvironment | undefined) => void)[] = [];
  #count = 0;
  #isRetired = false;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** Runs in the environment that was used last, or in a new one, which is killed `killAfterMs` into the run if that is given. */
  async run(invocation: Omit<WorkerInvocation, 'deadlineMs'>, killAfterMs?: number): Promise<Outcome> {
    const environment = await this.#obtain();
    const failure = environment.isReady ? undefined : await environment.initialized();
    if (failure !== undefined) {
      this.#giveBack(environment);
      return { outcome: 'failed', error: failure };
    }
    const outcome = await environment.run(invocation, killAfterMs);
    this.#giveBack(environment);
    return outcome;
  }

  /** Ends idle environments now and busy ones when they are done: the code or its settings have changed. */
  retire(): void {
    this.#isRetired = true;
    for (const environment of this.#idle.splice(0)) void environment.stop();
  }

  async #obtain(): Promise<ExecutionEnvironment> {
    const idle = this.#popUsable();
    if (idle !== undefined) return idle;
    if (this.#count < this.#options.maxEnvironments) return this.#startOne();
    const freed = await new Promise<ExecutionEnvironment | undefined>((resolve) => this.#waiting.push(resolve));
    return freed ?? this.#startOne();
  }

  #popUsable(): ExecutionEnvironment | undefined {
    for (;;) {
      const idle = this.#idle.pop();
      if (idle === undefined || (idle.isAlive && !idle.isExpired)) return idle;
      this.#count -= 1;
      void idle.stop();
    }
  }

  async #startOne(): Promise<ExecutionEnvironment> {
    this.#count += 1;
    try {
      return await this.#options.start();
    } catch (thrown) {
      this.#count -= 1;
      // Its place is free: whoever waits next may try.
      this.#waiting.shift()?.(undefined);
      throw thrown;
    }
  }

  #giveBack(environment: ExecutionEnvironment): void {
    if (environment.isAlive && (this.#isRetired || environment.isExpired)) void environment.stop();
    if (!environment.isAlive) this.#count -= 1;
    const waiting = this.#waiting.shift();
    if (waiting !== undefined) waiting(environment.isAlive ? environment : undefined);
    else if (environment.isAlive) this.#idle.push(environment);
  }
}
