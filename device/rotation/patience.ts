import type { DeviceClock } from '../clock.ts';

/** How long a run may take, counted by what it waits for: a clock that jumps makes it neither endless nor too short. */
export class Patience {
  readonly #clock: DeviceClock;
  #leftMs: number;

  constructor(clock: DeviceClock, limitMs: number) {
    this.#clock = clock;
    this.#leftMs = limitMs;
  }

  /** Waits; false, and at once, where that would be too long. */
  async wait(ms: number): Promise<boolean> {
    if (ms >= this.#leftMs) return false;
    this.#leftMs -= ms;
    await this.#clock.sleep(ms);
    return true;
  }

  /** Counts what was waited for elsewhere. */
  spend(ms: number): void {
    this.#leftMs -= ms;
  }
}
