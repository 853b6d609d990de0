import type { Duplex } from 'node:stream';

import type { Clock, Timer } from '../../clock.ts';
import type { TokenBucket } from '../../token-bucket.ts';

/** Writes to a socket no faster than its rate: "data that exceeds the maximum throughput is delayed" (GR). */
export class PacedOutput {
  readonly #socket: Duplex;
  readonly #clock: Clock;
  #rate: TokenBucket | undefined;
  #held: Buffer[] = [];
  #heldBytes = 0;
  #timer: Timer | undefined;

  constructor(socket: Duplex, clock: Clock) {
    this.#socket = socket;
    this.#clock = clock;
  }

  /** What the client has not been sent, or has not read. */
  get unsentBytes(): number {
    return this.#heldBytes + this.#socket.writableLength;
  }

  limit(rate: TokenBucket): void {
    this.#rate = rate;
  }

  write(bytes: Buffer): void {
    if (this.#timer === undefined) {
      this.#writeNow(bytes);
      return;
    }
    this.#held.push(bytes);
    this.#heldBytes += bytes.length;
  }

  /** Nothing waits any longer: the connection is about to close. */
  flush(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#rate = undefined;
    this.#release();
  }

  #writeNow(bytes: Buffer): void {
    this.#gather();
    this.#socket.write(bytes);
    const waitMs = this.#rate?.spend(bytes.length) ?? 0;
    if (waitMs === 0) return;
    this.#timer = this.#clock.setTimer(() => {
      this.#timer = undefined;
      this.#release();
    }, waitMs);
  }

  /** What is said in one turn of the event loop, such as an acknowledgement and the answer, leaves as one TLS record. */
  #gather(): void {
    if (this.#socket.writableCorked > 0) return;
    this.#socket.cork();
    setImmediate(() => {
      this.#socket.uncork();
    });
  }

  #release(): void {
    let released = 0;
    for (const bytes of this.#held) {
      if (this.#timer !== undefined) break;
      this.#writeNow(bytes);
      this.#heldBytes -= bytes.length;
      released += 1;
    }
    this.#held = this.#held.slice(released);
  }
}
