import type { Clock } from './clock.ts';

/** Lets `perSecond` requests through each second, and `burst` at once after a quiet time: as many as in a second unless given. */
export class TokenBucket {
  readonly #clock: Clock;
  readonly #perSecond: number;
  readonly #burst: number;
  #tokens: number;
  #refilledAt: number;

  constructor(clock: Clock, perSecond: number, burst = perSecond) {
    this.#clock = clock;
    this.#perSecond = perSecond;
    this.#burst = Math.max(1, burst);
    this.#tokens = this.#burst;
    this.#refilledAt = clock.now();
  }

  /** False when the rate is exceeded; then nothing is taken. */
  take(count = 1): boolean {
    this.#refill();
    if (this.#tokens < count) return false;
    this.#tokens -= count;
    return true;
  }

  /** Takes even what is not there, and answers the milliseconds until that is paid back: 0 within the rate. */
  spend(count: number): number {
    this.#refill();
    this.#tokens -= count;
    return this.msUntil(0);
  }

  /** Milliseconds until that many are there. */
  msUntil(count: number): number {
    this.#refill();
    return Math.max(0, Math.ceil(((count - this.#tokens) * 1000) / this.#perSecond));
  }

  #refill(): void {
    const now = this.#clock.now();
    this.#tokens = Math.min(this.#burst, this.#tokens + ((now - this.#refilledAt) * this.#perSecond) / 1000);
    this.#refilledAt = now;
  }
}
