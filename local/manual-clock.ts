import type { Clock, Timer } from './clock.ts';
import { type Due, earliestDue } from './earliest-due.ts';

interface Pending extends Due {
  readonly callback: () => void;
}

/** A clock that moves only when told to, so that an hour's token or a seven minutes' cache can be tested at once. */
export class ManualClock implements Clock {
  #now: number;
  readonly #pending = new Set<Pending>();

  constructor(startMs: number) {
    this.#now = startMs;
  }

  now(): number {
    return this.#now;
  }

  setTimer(callback: () => void, delayMs: number): Timer {
    const pending = { dueAt: this.#now + delayMs, callback };
    this.#pending.add(pending);
    return { cancel: () => void this.#pending.delete(pending) };
  }

  /** Moves time forward and fires what falls due, in order. */
  advance(byMs: number): void {
    const target = this.#now + byMs;
    for (let next = earliestDue(this.#pending, target); next !== undefined; next = earliestDue(this.#pending, target)) {
      this.#pending.delete(next);
      this.#now = Math.max(this.#now, next.dueAt);
      next.callback();
    }
    this.#now = target;
  }
}
