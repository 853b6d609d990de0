import * as z from 'zod';
import { AwsError } from '../aws-error.ts';
import type { Clock } from '../clock.ts';
import { sleep } from '../clock.ts';
import type { FunctionRunner, RunRequest } from './functions/function-runner.ts';

/** Lambda Developer Guide, "How Lambda handles errors and retries with asynchronous invocation": one minute, then two. */
const retryDelaysMs = [60_000, 120_000];
const defaultMaxAgeSeconds = 21_600;
/** Of an event that found no concurrency: from one second, doubling, up to five minutes. */
const firstThrottleDelayMs = 1000;
const longestThrottleDelayMs = 300_000;

const settings = z.object({ MaximumRetryAttempts: z.int().default(2), MaximumEventAgeInSeconds: z.int().default(defaultMaxAgeSeconds) });

/** Runs events until the function takes them, or Lambda gives up: nobody learns which. */
export class AsyncInvocations {
  readonly #clock: Clock;
  readonly #runner: FunctionRunner;

  constructor(clock: Clock, runner: FunctionRunner) {
    this.#clock = clock;
    this.#runner = runner;
  }

  start(request: RunRequest): void {
    // Whoever sent an event does not learn what came of it, not even that the function is gone.
    this.#run(request).catch(() => undefined);
  }

  async #run(request: RunRequest): Promise<void> {
    const { MaximumRetryAttempts, MaximumEventAgeInSeconds } = settings.parse(
      request.lambda.eventInvokeConfigs.get(request.qualifier ?? '$LATEST') ?? {},
    );
    const deadline = this.#clock.now() + MaximumEventAgeInSeconds * 1000;
    for (const delayMs of [...retryDelaysMs.slice(0, MaximumRetryAttempts), undefined]) {
      const isDone = await this.#attempt(request, deadline);
      if (isDone || delayMs === undefined || this.#clock.now() + delayMs > deadline) return;
      await sleep(this.#clock, delayMs);
    }
  }

  /** One attempt, put off while there is no concurrency. Answers whether the event needs no other. */
  async #attempt(request: RunRequest, deadline: number): Promise<boolean> {
    for (let delayMs = firstThrottleDelayMs; ; delayMs = Math.min(delayMs * 2, longestThrottleDelayMs)) {
      try {
        return (await this.#runner.run(request)).outcome === 'returned';
      } catch (thrown) {
        const isThrottled = thrown instanceof AwsError && thrown.code === 'TooManyRequestsException';
        if (!isThrottled || this.#clock.now() + delayMs > deadline) return true;
        await sleep(this.#clock, delayMs);
      }
    }
  }
}
