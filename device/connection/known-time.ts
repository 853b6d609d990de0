import * as z from 'zod/mini';
import type { DeviceClock } from '../clock.ts';
import { type MqttSession, MqttSessionError } from '../mqtt/mqtt-session.ts';
import { within } from '../time-limit.ts';

/** Where a device asks for the time, and where it is told. */
export interface TimeTopics {
  readonly ask: string;
  readonly tell: string;
}

const answer = z.object({ now: z.number().check(z.positive()) });

/** Time as the device has reason to believe: by its own clock until the cloud has told it. */
export class KnownTime {
  readonly #clock: DeviceClock;
  #offsetMs = 0;

  constructor(clock: DeviceClock) {
    this.#clock = clock;
  }

  /** Milliseconds since the epoch. */
  now(): number {
    return this.#clock.now() + this.#offsetMs;
  }

  /** How far this device's own clock is behind. */
  get offsetMs(): number {
    return this.#offsetMs;
  }

  /**
   * Asks for the time and remembers how far off the own clock is; false, and nothing changes, where no answer comes.
   * @throws MqttSessionError when the connection may not ask, or fails.
   */
  async learn(session: MqttSession, { ask, tell }: TimeTopics, answerMs: number): Promise<boolean> {
    const told = new Promise<number>((resolve) => {
      session.onMessage((topic, payload) => {
        const now = topic === tell ? timeIn(payload) : undefined;
        if (now !== undefined) resolve(now);
      });
    });
    const exchange = async (): Promise<true> => {
      await session.subscribe([tell]);
      const askedAt = this.#clock.now();
      await session.publish(ask, '{}');
      const now = await Promise.race([told, session.lost]);
      if (now instanceof MqttSessionError) throw now;
      // The answer was on its way for half of the time, as far as anybody can tell.
      this.#offsetMs = Math.round(now - (askedAt + this.#clock.now()) / 2);
      return true;
    };
    return (await within(this.#clock, answerMs, exchange())) === true;
  }
}

const timeIn = (payload: string): number | undefined => {
  try {
    return z.parse(answer, JSON.parse(payload)).now;
  } catch {
    return undefined;
  }
};
