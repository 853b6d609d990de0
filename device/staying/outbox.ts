import { backoffMs, type RandomFraction } from '../backoff.ts';
import type { DeviceClock } from '../clock.ts';
import { type MqttSession, MqttSessionError } from '../mqtt/mqtt-session.ts';
import { within } from '../time-limit.ts';

/** Something to publish at QoS 1. */
export interface OutgoingMessage {
  readonly topic: string;
  readonly payload: string | Uint8Array;
}

export interface OutboxProps {
  readonly clock: DeviceClock;
  readonly random: RandomFraction;
  /** How many may be on their way at once. Where a refusal is a closed connection, one: then it is known whose it was. */
  readonly atOnce: number;
  /** Told of a message that the server will never take. */
  readonly refused: (message: OutgoingMessage, why: string) => void;
}

interface Waiting {
  readonly message: OutgoingMessage;
  isOnItsWay: boolean;
  /** How many connections ended while it was the only one on its way. */
  endings: number;
}

/** A message on which the connection ends every time is not allowed: AWS IoT has no other word for that over MQTT 3.1.1. */
const ENDINGS_AT_MOST = 5;

/**
 * Holds messages, in memory, until the server has taken them over. It outlives connections: what was not acknowledged on one is
 * sent again on the next, so that some may arrive twice.
 */
export class Outbox {
  readonly #props: OutboxProps;
  readonly #waiting = new Set<Waiting>();
  #session: MqttSession | undefined;
  #failures = 0;
  #settled: (() => void)[] = [];

  constructor(props: OutboxProps) {
    this.#props = props;
  }

  get size(): number {
    return this.#waiting.size;
  }

  put(message: OutgoingMessage): void {
    this.#waiting.add({ message, isOnItsWay: false, endings: 0 });
    this.#pump();
  }

  /** Sends over this session from now on. */
  attach(session: MqttSession): void {
    this.#session = session;
    for (const waiting of this.#waiting) waiting.isOnItsWay = false;
    this.#pump();
  }

  /** Sends nothing more; resolves when what was on its way has arrived, or after that many milliseconds. */
  async detach(patienceMs: number): Promise<void> {
    this.#session = undefined;
    await this.#until(() => !this.#isAnyOnItsWay(), patienceMs);
  }

  /** Resolves when nothing is left, or after that many milliseconds. */
  async drain(patienceMs: number): Promise<void> {
    await this.#until(() => this.size === 0, patienceMs);
  }

  /** Resolves when no more than that many are left. */
  async eased(left: number): Promise<void> {
    await this.#reached(() => this.size <= left);
  }

  async #until(isSo: () => boolean, patienceMs: number): Promise<void> {
    await within(this.#props.clock, patienceMs, this.#reached(isSo));
  }

  async #reached(isSo: () => boolean): Promise<void> {
    while (!isSo()) await new Promise<void>((resolve) => this.#settled.push(resolve));
  }

  #isAnyOnItsWay(): boolean {
    return [...this.#waiting].some(({ isOnItsWay }) => isOnItsWay);
  }

  #pump(): void {
    const session = this.#session;
    if (session === undefined) return;
    let room = this.#props.atOnce - [...this.#waiting].filter(({ isOnItsWay }) => isOnItsWay).length;
    for (const waiting of this.#waiting) {
      if (room <= 0) return;
      if (waiting.isOnItsWay) continue;
      room -= 1;
      waiting.isOnItsWay = true;
      void this.#send(session, waiting);
    }
  }

  async #send(session: MqttSession, waiting: Waiting): Promise<void> {
    const { topic, payload } = waiting.message;
    try {
      await session.publish(topic, payload);
      this.#failures = 0;
      this.#waiting.delete(waiting);
    } catch (error) {
      if (!(error instanceof MqttSessionError)) throw error;
      await this.#keepOrGiveUp(session, waiting, error);
    }
    for (const settle of this.#settled.splice(0)) settle();
    this.#pump();
  }

  async #keepOrGiveUp(session: MqttSession, waiting: Waiting, { code, message }: MqttSessionError): Promise<void> {
    const { clock, random, atOnce, refused } = this.#props;
    if (code === 'lost' && atOnce === 1) waiting.endings += 1;
    if (code === 'refused' || waiting.endings >= ENDINGS_AT_MOST) {
      this.#waiting.delete(waiting);
      refused(waiting.message, message);
      return;
    }
    if (this.#session === session && code === 'lost') this.#session = undefined;
    else await clock.sleep(backoffMs((this.#failures += 1), random));
    // On another session it was begun anew meanwhile.
    if (this.#session === session || this.#session === undefined) waiting.isOnItsWay = false;
  }
}
