import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { AwsError } from '../aws-error.ts';
import type { Clock } from '../clock.ts';
import { sleep } from '../clock.ts';
import { type Failed, type GivenUp, sendGivenUp } from './failure-destination.ts';
import type { FunctionRunner, RunRequest } from './functions/function-runner.ts';
import type { LambdaPorts } from './lambda-ports.ts';
import { Turns } from './turns.ts';

/** Lambda Developer Guide, "How Lambda handles errors and retries with asynchronous invocation": one minute, then two. */
const retryDelaysMs = [60_000, 120_000];
const defaultMaxAgeSeconds = 21_600;
/** Of an event that found no concurrency: from one second, doubling, up to five minutes. */
const firstThrottleDelayMs = 1000;
const longestThrottleDelayMs = 300_000;

const settings = z.object({ MaximumRetryAttempts: z.int().default(2), MaximumEventAgeInSeconds: z.int().default(defaultMaxAgeSeconds) });

type Attempt = 'done' | 'too old' | Failed;

interface AsyncSettings {
  readonly clock: Clock;
  readonly runner: FunctionRunner;
  readonly ports: Pick<LambdaPorts, 'sendToQueue'>;
  /** Of the events of one function, how many run at once. The others wait in Lambda's queue, and take nobody's concurrency. */
  readonly atOnce: number;
}

/** Runs events until the function takes them, or Lambda gives up, which only a destination learns. */
export class AsyncInvocations {
  readonly #clock: Clock;
  readonly #runner: FunctionRunner;
  readonly #ports: Pick<LambdaPorts, 'sendToQueue'>;
  readonly #turns: Turns;

  constructor({ clock, runner, ports, atOnce }: AsyncSettings) {
    this.#clock = clock;
    this.#runner = runner;
    this.#ports = ports;
    this.#turns = new Turns(atOnce);
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
    const requestId = randomUUID();
    const giveUp = (given: Omit<GivenUp, 'requestId'>): void => {
      sendGivenUp({ ports: this.#ports, clock: this.#clock }, request, { requestId, ...given });
    };
    let failure: Failed | undefined;
    const delays = [...retryDelaysMs.slice(0, MaximumRetryAttempts), undefined];
    for (const [index, delayMs] of delays.entries()) {
      const attempt = await this.#attempt(request, { deadline, requestId });
      if (attempt === 'done') return;
      if (attempt !== 'too old') failure = attempt;
      const attempts = attempt === 'too old' ? index : index + 1;
      if (delayMs === undefined) {
        giveUp({ condition: 'RetriesExhausted', attempts, failure });
        return;
      }
      if (attempt === 'too old' || this.#clock.now() + delayMs > deadline) {
        giveUp({ condition: 'EventAgeExceeded', attempts, failure });
        return;
      }
      await sleep(this.#clock, delayMs);
    }
  }

  /** One attempt, put off while there is no concurrency. */
  async #attempt(
    request: RunRequest,
    { deadline, requestId }: { readonly deadline: number; readonly requestId: string },
  ): Promise<Attempt> {
    for (let delayMs = firstThrottleDelayMs; ; delayMs = Math.min(delayMs * 2, longestThrottleDelayMs)) {
      try {
        const outcome = await this.#turns.take(request.lambda.name, () => this.#runner.run(request, requestId));
        return outcome.outcome === 'returned' ? 'done' : outcome;
      } catch (thrown) {
        const isThrottled = thrown instanceof AwsError && thrown.code === 'TooManyRequestsException';
        if (!isThrottled) return 'done';
        if (this.#clock.now() + delayMs > deadline) return 'too old';
        await sleep(this.#clock, delayMs);
      }
    }
  }
}
