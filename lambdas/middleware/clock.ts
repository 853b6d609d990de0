import { setTimeout as sleep } from 'node:timers/promises';

/** Time as a handler sees it; handed in, so that tests own it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves `delayMs` later; rejects when `signal` aborts first. */
  pause(delayMs: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  pause: (delayMs, signal) => sleep(delayMs, undefined, signal === undefined ? {} : { signal }),
};
