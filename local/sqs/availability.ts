import type { Clock, Timer } from '../clock.ts';

/** Tells whoever waits for messages when there may be some: on a send, and when a hidden message is due to reappear. */
export class Availability {
  readonly #clock: Clock;
  readonly #nextDueMs: () => number | undefined;
  readonly #listeners = new Set<() => void>();
  #wake: { readonly atMs: number; readonly timer: Timer } | undefined;

  /** `nextDueMs`: when the next hidden message reappears. */
  constructor(clock: Clock, nextDueMs: () => number | undefined) {
    this.#clock = clock;
    this.#nextDueMs = nextDueMs;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    this.#arm(this.#nextDueMs());
    return () => {
      this.#listeners.delete(listener);
    };
  }

  announce(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  /** To be called when a message was hidden until then. */
  hiddenUntil(dueMs: number): void {
    if (this.#listeners.size > 0) this.#arm(dueMs);
  }

  #arm(dueMs: number | undefined): void {
    if (dueMs === undefined || (this.#wake !== undefined && this.#wake.atMs <= dueMs)) return;
    this.#wake?.timer.cancel();
    const timer = this.#clock.setTimer(
      () => {
        this.#wake = undefined;
        this.announce();
        if (this.#listeners.size > 0) this.#arm(this.#nextDueMs());
      },
      Math.max(0, dueMs - this.#clock.now()),
    );
    this.#wake = { atMs: dueMs, timer };
  }
}
