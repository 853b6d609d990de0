import type { Delivery } from './message.ts';

/** `dropped`: it may or need not be sent any more. `later`: not in this second. */
export type Sending = 'sent' | 'dropped' | 'later';

/** Sends one QoS 1 message under that packet id. */
export type Transmit = (delivery: Delivery, messageId: number) => Sending;

export interface QueueTerms {
  /** How many messages wait for the client at most. */
  readonly capacity: number;
  /** Whether one more message may be stored for a client that is away. */
  readonly mayStore: () => boolean;
  /** Told of every message for a client that is away: whether it was stored for it. */
  readonly onQueued?: ((delivery: Delivery, isStored: boolean) => void) | undefined;
}

interface InFlight {
  readonly delivery: Delivery;
  readonly firstSentAt: number;
  readonly sentAt: number;
}

export interface Redelivery {
  readonly nowMs: number;
  /** Sent again are messages that were sent last before this; undefined: none. */
  readonly sentBefore: number | undefined;
  /** Given up are messages that were sent first before this. */
  readonly firstSentBefore: number;
}

const highestId = 65_535;

/** The QoS 1 messages that a session still owes to its client. [MQTT-4.9.0-1..2] */
export class OutboundQueue {
  readonly #terms: QueueTerms;
  /** Sent and not acknowledged. */
  readonly #inFlight = new Map<number, InFlight>();
  /** Not acknowledged on an earlier connection: to be sent again under their old packet ids. [MQTT-4.4.0-1] */
  #unacknowledged = new Map<number, InFlight>();
  /** Came while the client was away; handed out in portions. */
  #stored: Delivery[] = [];
  /** Came while the client had no room. */
  #waiting: Delivery[] = [];
  #lastId = 0;
  #window = 0;
  #transmit: Transmit | undefined;

  constructor(terms: QueueTerms) {
    this.#terms = terms;
  }

  /** Whether something is left from the time without a connection. */
  get hasStored(): boolean {
    return this.#unacknowledged.size > 0 || this.#stored.length > 0;
  }

  get hasInFlight(): boolean {
    return this.#inFlight.size > 0;
  }

  /** Takes a message; it is sent at once if the client is there and has room. False: there was no room to keep it. */
  push(delivery: Delivery, nowMs: number): boolean {
    if (this.#transmit === undefined) return this.#store(delivery);
    if (this.#waiting.length === 0 && this.#send(this.#transmit, delivery, nowMs) !== 'later') return true;
    if (this.#waiting.length >= this.#terms.capacity) return false;
    this.#waiting.push(delivery);
    return true;
  }

  /** A client came. What is stored for it goes out by `handOut`. */
  attach(transmit: Transmit, window: number): void {
    this.#transmit = transmit;
    this.#window = window;
  }

  detach(): void {
    this.#transmit = undefined;
    this.#unacknowledged = new Map([...this.#unacknowledged, ...this.#inFlight]);
    this.#inFlight.clear();
    this.#stored = [...this.#stored, ...this.#waiting];
    this.#waiting = [];
  }

  /** Sends up to that many of what is stored. */
  handOut(count: number, nowMs: number): void {
    const transmit = this.#transmit;
    if (transmit === undefined) return;
    let left = count;
    for (const [messageId, { delivery }] of this.#unacknowledged) {
      if (left === 0 || this.#inFlight.size >= this.#window) return;
      const sending = transmit(delivery, messageId);
      if (sending === 'later') return;
      this.#unacknowledged.delete(messageId);
      if (sending === 'dropped') continue;
      this.#inFlight.set(messageId, { delivery, firstSentAt: nowMs, sentAt: nowMs });
      left -= 1;
    }
    this.#stored = this.#stored.slice(this.#sendFrom(this.#stored, left, nowMs));
  }

  acknowledge(messageId: number, nowMs: number): void {
    this.#unacknowledged.delete(messageId);
    if (this.#inFlight.delete(messageId)) this.pump(nowMs);
  }

  /** Sends what waited for room, as far as there is room now. */
  pump(nowMs: number): void {
    if (this.#waiting.length > 0) this.#waiting = this.#waiting.slice(this.#sendFrom(this.#waiting, this.#waiting.length, nowMs));
  }

  /** Sends again what the client has not acknowledged for long, and gives up what it never will. */
  redeliver({ nowMs, sentBefore, firstSentBefore }: Redelivery): void {
    for (const [messageId, sent] of this.#inFlight) {
      if (sent.firstSentAt < firstSentBefore) this.#inFlight.delete(messageId);
      else if (sentBefore !== undefined && sent.sentAt < sentBefore) this.#sendAgain(messageId, sent, nowMs);
    }
    this.pump(nowMs);
  }

  /** Gives back the messages that are for anyone of a group, so that another member gets them. */
  takeShared(): readonly Delivery[] {
    const isShared = ({ group }: Delivery): boolean => group !== undefined;
    const taken: Delivery[] = [];
    for (const [messageId, { delivery }] of this.#unacknowledged) {
      if (!isShared(delivery)) continue;
      taken.push(delivery);
      this.#unacknowledged.delete(messageId);
    }
    taken.push(...this.#stored.filter(isShared));
    this.#stored = this.#stored.filter((delivery) => !isShared(delivery));
    return taken;
  }

  #store(delivery: Delivery): boolean {
    const isStored = this.#stored.length < this.#terms.capacity && this.#terms.mayStore();
    if (isStored) this.#stored.push(delivery);
    this.#terms.onQueued?.(delivery, isStored);
    return isStored;
  }

  /** Answers how many were taken from the front, dropped ones included. */
  #sendFrom(queue: readonly Delivery[], count: number, nowMs: number): number {
    let taken = 0;
    let sent = 0;
    for (const delivery of queue) {
      const sending = sent < count && this.#transmit !== undefined ? this.#send(this.#transmit, delivery, nowMs) : 'later';
      if (sending === 'later') break;
      taken += 1;
      if (sending === 'sent') sent += 1;
    }
    return taken;
  }

  #send(transmit: Transmit, delivery: Delivery, nowMs: number): Sending {
    if (this.#inFlight.size >= this.#window) return 'later';
    const messageId = this.#nextId();
    const sending = transmit(delivery, messageId);
    if (sending === 'sent') this.#inFlight.set(messageId, { delivery, firstSentAt: nowMs, sentAt: nowMs });
    return sending;
  }

  #sendAgain(messageId: number, { delivery, firstSentAt }: InFlight, nowMs: number): void {
    const sending = this.#transmit?.(delivery, messageId);
    if (sending === 'dropped') this.#inFlight.delete(messageId);
    else if (sending === 'sent') this.#inFlight.set(messageId, { delivery, firstSentAt, sentAt: nowMs });
  }

  #nextId(): number {
    do this.#lastId = this.#lastId === highestId ? 1 : this.#lastId + 1;
    while (this.#inFlight.has(this.#lastId) || this.#unacknowledged.has(this.#lastId));
    return this.#lastId;
  }
}
