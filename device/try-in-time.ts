import { backoffMs, type RandomFraction } from './backoff.ts';
import type { DeviceClock } from './clock.ts';
import type { Progress, Retry } from './onboarding/onboarding.ts';
import type { Outcome } from './outcome.ts';

export interface Trying {
  readonly clock: DeviceClock;
  readonly random: { readonly fraction: RandomFraction };
  readonly notify: (progress: Progress) => void;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
}

/** Tries until there is something else than `retry`, with growing waits between, or time is up. */
export const tryInTime = async <End extends { readonly outcome: string }>(
  { clock, random, notify, deadline }: Trying,
  attempt: () => Promise<End | Retry>,
): Promise<End | Outcome> => {
  for (let failures = 0; ; failures += 1) {
    const result = await attempt();
    if (!isRetry(result)) return result;
    const ms = backoffMs(failures, random.fraction);
    if (clock.now() + ms >= deadline) return { outcome: result.ending, message: result.message };
    notify({ step: 'waiting', ms, because: result.message });
    await clock.sleep(ms);
  }
};

const isRetry = (result: { readonly outcome: string }): result is Retry => result.outcome === 'retry';
