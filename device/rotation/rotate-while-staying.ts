import type { Entrance } from '../connection/entrance.ts';
import { resultOfFailure } from '../failure.ts';
import type { KeptSession } from '../mqtt/mqtt-session.ts';
import { rotate } from './rotate.ts';
import { openRotatingSecret, type SecretLocation } from './rotating-secret.ts';
import { RotationCall } from './rotation-call.ts';
import type { RotationProgress } from './rotation-outcome.ts';
import type { RotationStore } from './rotation-store.ts';

/** A device that stays connected and replaces its key when a job asks for that. */
export interface StayRotation {
  readonly location: SecretLocation;
  readonly store: RotationStore;
  readonly notify: (progress: RotationProgress) => void;
}

/** Within one connection's absence; what is not done by then is gone on with later. */
const TIMEOUT_MS = 300_000;
const AGAIN_MS = 600_000;

/** Rotations of a device that stays connected, one at a time, each between two of its connections. */
export class StayingRotations {
  readonly call = new RotationCall();
  readonly #entrance: Entrance;
  readonly #rotation: StayRotation;
  readonly #stop: AbortSignal;

  constructor(entrance: Entrance, rotation: StayRotation, stop: AbortSignal) {
    this.#entrance = entrance;
    this.#rotation = rotation;
    this.#stop = stop;
  }

  /** Whether an earlier run of the program was cut off. */
  async isUnfinished(): Promise<boolean> {
    const record = await this.#rotation.store.read();
    return record !== undefined && record.stage !== 'ended';
  }

  /** Follows the job in the session that the cloud keeps of the device, so that no message is lost. */
  async follow(session: KeptSession): Promise<void> {
    this.call.listen();
    const { clock } = this.#entrance.ports;
    if ((await this.#outcome(session)) !== 'try-again') return;
    void clock.sleep(AGAIN_MS, this.#stop).then(() => {
      this.call.repeat();
    });
  }

  async #outcome(session: KeptSession): Promise<string> {
    const { location, store, notify } = this.#rotation;
    const { ports, settings } = this.#entrance;
    // Who is told to leave waits for nothing more.
    const clock = { now: () => ports.clock.now(), sleep: (ms: number, signal = this.#stop) => ports.clock.sleep(ms, signal) };
    try {
      const credential = await openRotatingSecret(location, this.#entrance, session);
      const run = { credential, store, notify, clock, random: ports.random };
      return (await rotate({ timeoutMs: TIMEOUT_MS, answerMs: settings.answerMs }, run)).outcome;
    } catch (error) {
      return resultOfFailure(error).outcome === 'retry' ? 'try-again' : 'bad-setup';
    }
  }
}
