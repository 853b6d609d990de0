import type { Clock, Timer } from '../../clock.ts';

/** Wills whose delay runs. A client that returns in time takes its will back. [MQTT-3.1.3-9] */
export class PendingWills {
  readonly #clock: Clock;
  readonly #timers = new Map<string, Timer>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  schedule(clientId: string, delaySeconds: number, publish: () => void): void {
    this.cancel(clientId);
    if (delaySeconds === 0) {
      publish();
      return;
    }
    const fire = (): void => {
      this.#timers.delete(clientId);
      publish();
    };
    this.#timers.set(clientId, this.#clock.setTimer(fire, delaySeconds * 1000));
  }

  cancel(clientId: string): void {
    this.#timers.get(clientId)?.cancel();
    this.#timers.delete(clientId);
  }

  clear(): void {
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
  }
}
