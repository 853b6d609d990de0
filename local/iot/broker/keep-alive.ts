import type { Clock, Timer } from '../../clock.ts';

/** Tells when a client has been silent for one and a half times its keep-alive. [MQTT-3.1.2-22] */
export class KeepAlive {
  readonly #clock: Clock;
  readonly #limitMs: number;
  readonly #onSilence: () => void;
  #heardAt: number;
  #timer: Timer;

  constructor(clock: Clock, seconds: number, onSilence: () => void) {
    this.#clock = clock;
    this.#limitMs = seconds * 1500;
    this.#onSilence = onSilence;
    this.#heardAt = clock.now();
    this.#timer = this.#arm(this.#limitMs);
  }

  /** Called for every packet, so it only notes the time. */
  heard(): void {
    this.#heardAt = this.#clock.now();
  }

  stop(): void {
    this.#timer.cancel();
  }

  #arm(delayMs: number): Timer {
    return this.#clock.setTimer(() => {
      const leftMs = this.#heardAt + this.#limitMs - this.#clock.now();
      if (leftMs > 0) this.#timer = this.#arm(leftMs);
      else this.#onSilence();
    }, delayMs);
  }
}
