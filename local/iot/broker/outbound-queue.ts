import { quotas } from './quotas.ts';
import type { Delivery } from './message.ts';

/** Sends one QoS 1 message under that packet id. Answers false when it may or need not be sent any more. */
export type Transmit = (delivery: Delivery, messageId: number, isRepeated: boolean) => boolean;

const highestId = 65_535;

/** The QoS 1 messages that a session still owes to its client: sent and unacknowledged, or waiting for room. [MQTT-4.9.0-1..2] */
export class OutboundQueue {
  readonly #inFlight = new Map<number, Delivery>();
  #waiting: Delivery[] = [];
  #lastId = 0;
  #window = 0;
  /** How many waiting messages may still be sent before the next `allow`; only stored messages are paced. */
  #allowance = Number.POSITIVE_INFINITY;
  #transmit: Transmit | undefined;

  get hasWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  /** Takes a message; it is sent at once if the client is there and has room. */
  push(delivery: Delivery): void {
    if (this.#transmit !== undefined && !this.hasWaiting && this.#inFlight.size < this.#window) {
      this.#send(this.#transmit, delivery);
      return;
    }
    if (this.#waiting.length >= quotas.storedMessagesPerSession) return;
    this.#waiting.push(delivery);
  }

  /** A client came: what it never acknowledged is sent again under its old packet id. [MQTT-4.4.0-1] */
  attach(transmit: Transmit, window: number, allowance: number): void {
    this.#transmit = transmit;
    this.#window = window;
    this.#allowance = this.hasWaiting ? allowance : Number.POSITIVE_INFINITY;
    for (const [messageId, delivery] of this.#inFlight) {
      if (!transmit(delivery, messageId, true)) this.#inFlight.delete(messageId);
    }
    this.#pump();
  }

  detach(): void {
    this.#transmit = undefined;
  }

  /** Lets more of the stored messages go; without limit once none is left. */
  allow(count: number): void {
    this.#allowance = count;
    this.#pump();
    if (!this.hasWaiting) this.#allowance = Number.POSITIVE_INFINITY;
  }

  acknowledge(messageId: number): void {
    if (this.#inFlight.delete(messageId)) this.#pump();
  }

  #pump(): void {
    const transmit = this.#transmit;
    if (transmit === undefined) return;
    let taken = 0;
    while (taken < this.#waiting.length && this.#inFlight.size < this.#window && this.#allowance > 0) {
      const delivery = this.#waiting[taken];
      taken += 1;
      if (delivery !== undefined) this.#send(transmit, delivery);
    }
    if (taken > 0) this.#waiting = taken === this.#waiting.length ? [] : this.#waiting.slice(taken);
  }

  #send(transmit: Transmit, delivery: Delivery): void {
    const messageId = this.#nextId();
    if (!transmit(delivery, messageId, false)) return;
    this.#inFlight.set(messageId, delivery);
    this.#allowance -= 1;
  }

  #nextId(): number {
    do this.#lastId = this.#lastId === highestId ? 1 : this.#lastId + 1;
    while (this.#inFlight.has(this.#lastId));
    return this.#lastId;
  }
}
