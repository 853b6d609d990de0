import type { Clock } from '../../clock.ts';
import { TokenBucket } from '../../token-bucket.ts';

/** After this long without use every bucket is full again, so it need not be kept. */
const refilledAfterMs = 1000;

/** A rate for each of any number of keys, such as client ids. What was not used for a second or two is forgotten. */
export class RecentKeys {
  readonly #clock: Clock;
  readonly #perSecond: number;
  #recent = new Map<string, TokenBucket>();
  #older = new Map<string, TokenBucket>();
  #turnedAt: number;

  constructor(clock: Clock, perSecond: number) {
    this.#clock = clock;
    this.#perSecond = perSecond;
    this.#turnedAt = clock.now();
  }

  /** False when the key's rate is exceeded. */
  take(key: string): boolean {
    this.#turn();
    const bucket = this.#recent.get(key) ?? this.#older.get(key) ?? new TokenBucket(this.#clock, this.#perSecond);
    this.#recent.set(key, bucket);
    return bucket.take();
  }

  #turn(): void {
    const now = this.#clock.now();
    if (now - this.#turnedAt < refilledAfterMs) return;
    this.#older = this.#recent;
    this.#recent = new Map();
    this.#turnedAt = now;
  }
}
