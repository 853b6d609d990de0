import type { DeviceClock } from '../../device/clock.ts';

interface Happening {
  readonly at: number;
  readonly happen: () => void | Promise<void>;
}

interface Limit {
  readonly dueAt: number;
  readonly pass: () => void;
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Time of a world in which a device waits and a cloud has things to do later. It stands still while anybody computes. The device's own
 * clock may show any other time.
 */
export class WorldTime implements DeviceClock {
  #now = Date.UTC(2026, 0, 1);
  #happenings: Happening[] = [];
  readonly #limits = new Set<Limit>();
  #isPassing = false;
  /** By how much the device's clock is ahead, and by how much the cloud's is. */
  ahead = { device: 0, cloud: 0 };

  /** By the device's clock. */
  now(): number {
    return this.#now + this.ahead.device;
  }

  get cloudNow(): number {
    return this.#now + this.ahead.cloud;
  }

  later(delayMs: number, happen: Happening['happen']): void {
    this.#happenings.push({ at: this.#now + delayMs, happen });
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal === undefined) return this.advance(ms);
    return new Promise((resolve) => {
      const pass = () => {
        this.#limits.delete(limit);
        resolve();
      };
      const limit: Limit = { dueAt: this.#now + ms, pass };
      this.#limits.add(limit);
      signal.addEventListener('abort', pass);
    });
  }

  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    for (let next = this.#nextOfAll(until); next !== undefined; next = this.#nextOfAll(until)) await this.#let(next);
    this.#now = Math.max(this.#now, until);
  }

  /** The device waits for the cloud: whatever comes next comes now, until it waits no longer. */
  waitingBegins(): void {
    if (this.#isPassing) return;
    this.#isPassing = true;
    void this.#pass().finally(() => {
      this.#isPassing = false;
    });
  }

  async #pass(): Promise<void> {
    await settled();
    while (this.#limits.size > 0) {
      const [limit] = [...this.#limits].sort((one, other) => one.dueAt - other.dueAt);
      const next = this.#next(limit?.dueAt ?? 0);
      if (next !== undefined) await this.#let(next);
      else if (limit !== undefined) {
        this.#now = Math.max(this.#now, limit.dueAt);
        limit.pass();
      }
      await settled();
    }
  }

  async #let(next: Happening): Promise<void> {
    this.#happenings = this.#happenings.filter((one) => one !== next);
    this.#now = Math.max(this.#now, next.at);
    await next.happen();
  }

  // What has a limit gives up there, as what is due happens.
  #nextOfAll(until: number): Happening | undefined {
    const [limit] = [...this.#limits].filter(({ dueAt }) => dueAt <= until).sort((one, other) => one.dueAt - other.dueAt);
    const next = this.#next(limit?.dueAt ?? until);
    return next ?? (limit && { at: limit.dueAt, happen: limit.pass });
  }

  #next(until: number): Happening | undefined {
    const [next] = this.#happenings.filter(({ at }) => at <= until).sort((one, other) => one.at - other.at);
    return next;
  }
}
