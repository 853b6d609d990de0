import type { ExecutionEnvironment, Outcome } from './execution-environment.ts';
import type { WorkerInvocation } from './worker-messages.ts';

export interface PoolOptions {
  readonly start: () => Promise<ExecutionEnvironment>;
  readonly limits: EnvironmentLimits;
}

/** Threads of one version of a function: AWS has more machines than this one has cores. */
export interface EnvironmentLimits {
  /** So many work as soon as they are wanted. For one more an invocation waits in vain first. */
  readonly prompt: number;
  /** Beyond them invocations wait for a free one. */
  readonly most: number;
}

/** A thread that is free in a moment has its code compiled; many that take turns have it compiled each for itself. */
const PATIENCE_MS = 500;

/** The execution environments of one version of a function. */
export class EnvironmentPool {
  readonly #options: PoolOptions;
  readonly #idle: ExecutionEnvironment[] = [];
  /** In the order in which they came. */
  readonly #waiting = new Set<(environment: ExecutionEnvironment | undefined) => void>();
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
    const busy = this.#count - this.#idle.length;
    const freed = busy < this.#options.limits.prompt ? undefined : await this.#freed();
    return freed ?? this.#popUsable() ?? this.#startOne();
  }

  /** The next that is free; `undefined` where one more may work. */
  #freed(): Promise<ExecutionEnvironment | undefined> {
    return new Promise((resolve) => {
      const take = (environment: ExecutionEnvironment | undefined): void => {
        clearTimeout(timer);
        this.#waiting.delete(take);
        resolve(environment);
      };
      // By the machine's time: moving a clock frees no thread.
      const timer = setTimeout(() => {
        if (this.#idle.length > 0 || this.#count < this.#options.limits.most) take(undefined);
      }, PATIENCE_MS);
      this.#waiting.add(take);
    });
  }

  #nextWaiting(): ((environment: ExecutionEnvironment | undefined) => void) | undefined {
    const [next] = this.#waiting;
    return next;
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
      this.#nextWaiting()?.(undefined);
      throw thrown;
    }
  }

  #giveBack(environment: ExecutionEnvironment): void {
    if (environment.isAlive && (this.#isRetired || environment.isExpired)) void environment.stop();
    if (!environment.isAlive) this.#count -= 1;
    const waiting = this.#nextWaiting();
    if (waiting !== undefined) waiting(environment.isAlive ? environment : undefined);
    else if (environment.isAlive) this.#idle.push(environment);
  }
}
