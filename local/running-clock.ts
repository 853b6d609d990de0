import type { Clock, Timer } from './clock.ts';
import { type Due, earliestDue } from './earliest-due.ts';

/** Time that can be moved forward. */
export interface MovableClock extends Clock {
  /** Moves time forward and fires what falls due, in order. */
  advance(byMs: number): void;
}

/** Node's timers hold no longer delay; one that is longer waits in several steps. */
const longestStepMs = 2 ** 31 - 1;

interface Pending extends Due {
  readonly callback: () => void;
  handle: NodeJS.Timeout | undefined;
}

/** The system's time, which can jump ahead of it: a cache of seven minutes need not be waited for. */
export class RunningClock implements MovableClock {
  readonly #pending = new Set<Pending>();
  #aheadMs = 0;

  now(): number {
    return Date.now() + this.#aheadMs;
  }

  setTimer(callback: () => void, delayMs: number): Timer {
    const pending: Pending = { dueAt: this.now() + delayMs, callback, handle: undefined };
    this.#pending.add(pending);
    this.#arm(pending);
    return {
      cancel: () => {
        this.#forget(pending);
      },
    };
  }

  advance(byMs: number): void {
    const target = this.now() + byMs;
    for (let next = earliestDue(this.#pending, target); next !== undefined; next = earliestDue(this.#pending, target)) {
      this.#aheadMs += Math.max(0, next.dueAt - this.now());
      this.#fire(next);
    }
    this.#aheadMs += Math.max(0, target - this.now());
    for (const pending of this.#pending) this.#arm(pending);
  }

  #arm(pending: Pending): void {
    clearTimeout(pending.handle);
    const step = Math.min(Math.max(0, pending.dueAt - this.now()), longestStepMs);
    pending.handle = setTimeout(() => {
      // Node's timers may be a millisecond early.
      if (pending.dueAt - this.now() > 1) this.#arm(pending);
      else this.#fire(pending);
    }, step).unref();
  }

  #fire(pending: Pending): void {
    this.#forget(pending);
    pending.callback();
  }

  #forget(pending: Pending): void {
    clearTimeout(pending.handle);
    this.#pending.delete(pending);
  }
}
