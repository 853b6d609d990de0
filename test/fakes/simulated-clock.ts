import type { Clock } from '../../lambdas/middleware/clock.ts';

interface Sleeper {
  readonly dueAt: number;
  readonly wake: () => void;
}

/**
 * Time that stands still while anything happens and, when nothing does, jumps to whoever wakes next. For code that waits
 * for nothing but this clock and promises; five seconds pass in no time.
 */
export class SimulatedClock implements Clock {
  #now: number;
  readonly #sleepers = new Set<Sleeper>();

  constructor(startMs: number) {
    this.#now = startMs;
  }

  now(): number {
    return this.#now;
  }

  pause(delayMs: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const sleeper = { dueAt: this.#now + delayMs, wake: resolve };
      signal?.addEventListener('abort', () => {
        this.#sleepers.delete(sleeper);
        reject(new Error('The pause was aborted.'));
      });
      this.#sleepers.add(sleeper);
      setImmediate(() => {
        this.#wakeNext();
      });
    });
  }

  // Called once per pause, after all promises that could go on have done so.
  #wakeNext(): void {
    const next = [...this.#sleepers].sort((one, other) => one.dueAt - other.dueAt)[0];
    if (next === undefined) return;
    this.#sleepers.delete(next);
    this.#now = Math.max(this.#now, next.dueAt);
    next.wake();
  }
}
