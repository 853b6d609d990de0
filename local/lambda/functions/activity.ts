import { setTimeout } from 'node:timers/promises';

/** Whether anything runs, and since when nothing does; by the machine's time, which no clock moves. */
export class Activity {
  #running = 0;
  #restsSinceMs = performance.now();

  /** Answers what is to be called at the end. */
  begin(): () => void {
    this.#running += 1;
    return () => {
      this.#running -= 1;
      this.#restsSinceMs = performance.now();
    };
  }

  /** Resolves once nothing has run for so many milliseconds from now on. */
  async atRest(forMs: number): Promise<void> {
    const askedMs = performance.now();
    for (;;) {
      const restedMs = this.#running > 0 ? 0 : performance.now() - Math.max(askedMs, this.#restsSinceMs);
      if (restedMs >= forMs) return;
      await setTimeout(forMs - restedMs);
    }
  }
}
