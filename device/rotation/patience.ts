import type { DeviceClock } from '../clock.ts';
import { within } from '../time-limit.ts';

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

  /** Waits, but no longer than for something that comes by itself; `too-long`, and at once, where it would be. */
  async waitFor(coming: Promise<unknown>, ms: number): Promise<'came' | 'did-not-come' | 'too-long'> {
    if (ms >= this.#leftMs) return 'too-long';
    this.#leftMs -= ms;
    const came = coming.then(() => 'came' as const);
    return (await within(this.#clock, ms, came)) ?? 'did-not-come';
  }

  /** Counts what was waited for elsewhere. */
  spend(ms: number): void {
    this.#leftMs -= ms;
  }
}
