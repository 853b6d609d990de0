import { type Clock, type Timer, systemClock } from '../../local/clock.ts';

interface Waiting {
  readonly dueAt: number;
  readonly fire: () => void;
}

/** The system's time, which a test can let jump ahead. */
export class LeapingClock implements Clock {
  #aheadMs = 0;
  readonly #waiting = new Set<Waiting>();

  now(): number {
    return systemClock.now() + this.#aheadMs;
  }

  setTimer(callback: () => void, delayMs: number): Timer {
    const cancel = (): void => {
      this.#waiting.delete(waiting);
      timer.cancel();
    };
    const waiting: Waiting = {
      dueAt: this.now() + delayMs,
      fire: () => {
        cancel();
        callback();
      },
    };
    const timer = systemClock.setTimer(waiting.fire, delayMs);
    this.#waiting.add(waiting);
    return { cancel };
  }

  /** Fires what became due, in order. */
  leap(ms: number): void {
    this.#aheadMs += ms;
    const due = [...this.#waiting].filter(({ dueAt }) => dueAt <= this.now()).toSorted((one, other) => one.dueAt - other.dueAt);
    for (const { fire } of due) fire();
  }
}
