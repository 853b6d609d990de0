import type { DeviceClock } from '../../device/clock.ts';

/** Time that passes when a device sleeps, and when nothing answers it. */
export class DeviceTime implements DeviceClock {
  #now: number;
  readonly #limits = new Set<() => void>();
  readonly naps: number[] = [];

  constructor(startMs = Date.UTC(2026, 0, 1)) {
    this.#now = startMs;
  }

  now(): number {
    return this.#now;
  }

  // A sleep that can be called off is a time limit: it passes only when a fake says that there is nothing to wait for.
  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal === undefined) {
      this.#now += ms;
      this.naps.push(ms);
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const pass = () => {
        this.#limits.delete(pass);
        if (!signal.aborted) this.#now += ms;
        resolve();
      };
      this.#limits.add(pass);
      signal.addEventListener('abort', pass);
    });
  }

  /** Nobody is going to answer. */
  passLimits(): void {
    for (const pass of this.#limits) pass();
  }

  advance(ms: number): void {
    this.#now += ms;
  }
}
