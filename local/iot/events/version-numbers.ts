import type { Clock } from '../../clock.ts';

/** "Reset to 0 after approximately one hour of inactivity" (DG:life-cycle-events). */
const forgottenAfterMs = 3_600_000;

interface Seen {
  versionNumber: number;
  /** Milliseconds since the epoch, or undefined while connected. */
  disconnectedAt: number | undefined;
}

/** Numbers the connections of each client id: a connect and its disconnect share one, the next connect gets a higher one. */
export class VersionNumbers {
  readonly #clock: Clock;
  readonly #seen = new Map<string, Seen>();
  #sweptAt: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#sweptAt = clock.now();
  }

  connected(clientId: string): number {
    this.#sweep();
    const seen = this.#seen.get(clientId);
    const versionNumber = seen === undefined || this.#isForgotten(seen) ? 0 : seen.versionNumber + 1;
    this.#seen.set(clientId, { versionNumber, disconnectedAt: undefined });
    return versionNumber;
  }

  /** To be called for the connection that got the number last; an older one that was taken over changes nothing. */
  disconnected(clientId: string, versionNumber: number): void {
    const seen = this.#seen.get(clientId);
    if (seen?.versionNumber === versionNumber) seen.disconnectedAt = this.#clock.now();
  }

  #isForgotten(seen: Seen): boolean {
    return seen.disconnectedAt !== undefined && this.#clock.now() - seen.disconnectedAt >= forgottenAfterMs;
  }

  /** Every onboarding brings a client id that never returns, so what is forgotten must also be freed. */
  #sweep(): void {
    if (this.#clock.now() - this.#sweptAt < forgottenAfterMs) return;
    this.#sweptAt = this.#clock.now();
    for (const [clientId, seen] of this.#seen) if (this.#isForgotten(seen)) this.#seen.delete(clientId);
  }
}
