import type { Clock } from '../clock.ts';

/** Beyond so many packets that wait, somebody is flooding a connection that a fault holds up. */
const maximumWaiting = 10_000;

/** Keeps what passes in order: what comes after something late is late, too. */
export class Lane {
  readonly #clock: Clock;
  #waiting = 0;
  #freeAt = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isIdle(): boolean {
    return this.#waiting === 0;
  }

  /** Runs a step after its delay and after all steps before it. False when too many wait already. */
  pass(step: () => void, delayMs = 0): boolean {
    const now = this.#clock.now();
    if (this.#waiting === 0 && delayMs === 0) {
      step();
      return true;
    }
    if (this.#waiting >= maximumWaiting) return false;
    this.#waiting += 1;
    this.#freeAt = Math.max(now + delayMs, this.#freeAt);
    this.#clock.setTimer(() => {
      this.#waiting -= 1;
      step();
    }, this.#freeAt - now);
    return true;
  }
}
