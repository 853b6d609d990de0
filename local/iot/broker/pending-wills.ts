import type { Clock, Timer } from '../../clock.ts';

/** Wills whose delay runs. A client that returns in time takes its will back. [MQTT-3.1.3-9] */
export class PendingWills {
  readonly #clock: Clock;
  readonly #pending = new Map<string, { readonly timer: Timer; readonly publish: () => void }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  schedule(clientId: string, delaySeconds: number, publish: () => void): void {
    this.cancel(clientId);
    if (delaySeconds === 0) {
      publish();
      return;
    }
    const timer = this.#clock.setTimer(() => {
      this.publishNow(clientId);
    }, delaySeconds * 1000);
    this.#pending.set(clientId, { timer, publish });
  }

  /** The delay is over, or the session that it depended on. */
  publishNow(clientId: string): void {
    const pending = this.#pending.get(clientId);
    this.cancel(clientId);
    pending?.publish();
  }

  cancel(clientId: string): void {
    this.#pending.get(clientId)?.timer.cancel();
    this.#pending.delete(clientId);
  }

  clear(): void {
    for (const { timer } of this.#pending.values()) timer.cancel();
    this.#pending.clear();
  }
}
