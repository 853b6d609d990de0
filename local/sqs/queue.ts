import { randomUUID } from 'node:crypto';
import { AwsError } from '../aws-error.ts';
import type { Clock } from '../clock.ts';
import { Availability } from './availability.ts';
import type { OutgoingMessage, ReceivedMessage, StoredMessage } from './message.ts';
import type { QueueAttributes } from './queue-settings.ts';
import { QueueSettings } from './queue-settings.ts';

export interface QueueIdentity {
  readonly name: string;
  readonly arn: string;
}

/** Takes a message that was received too often; false when there is no such queue. */
export type DeadLetter = (targetArn: string, message: StoredMessage) => boolean;

/** SQS Developer Guide, "Message quotas": messages in flight in a standard queue. */
const maxInFlight = 120_000;

/** A standard queue: at-least-once delivery, roughly in order, every time taken from the clock. */
export class Queue implements QueueIdentity {
  readonly name: string;
  readonly arn: string;
  readonly createdAtMs: number;
  readonly tags = new Map<string, string>();
  settings: QueueSettings;
  modifiedAtMs: number;
  readonly #clock: Clock;
  readonly #deadLetter: DeadLetter;
  readonly #messages = new Map<string, StoredMessage>();
  readonly #availability: Availability;

  constructor(identity: QueueIdentity, clock: Clock, deadLetter: DeadLetter) {
    this.name = identity.name;
    this.arn = identity.arn;
    this.#clock = clock;
    this.#deadLetter = deadLetter;
    this.createdAtMs = clock.now();
    this.modifiedAtMs = this.createdAtMs;
    this.settings = new QueueSettings({});
    this.#availability = new Availability(clock, () => this.#nextDueMs());
  }

  configure(changes: QueueAttributes): void {
    this.settings = this.settings.with(changes);
    this.modifiedAtMs = this.#clock.now();
  }

  send(message: OutgoingMessage): StoredMessage {
    const now = this.#clock.now();
    const delayMs = (message.delaySeconds ?? this.settings.number('DelaySeconds')) * 1000;
    const stored: StoredMessage = {
      messageId: randomUUID(),
      body: message.body,
      attributes: message.attributes ?? {},
      senderId: message.senderId,
      sentAtMs: now,
      visibleAtMs: now + delayMs,
      receiveCount: 0,
      firstReceivedAtMs: undefined,
      receiptHandle: undefined,
    };
    this.accept(stored);
    return stored;
  }

  /** Puts a message on the queue as it is; a dead letter keeps the time it was first sent at. */
  accept(message: StoredMessage): void {
    this.#messages.set(message.messageId, message);
    if (message.visibleAtMs > this.#clock.now()) this.#availability.hiddenUntil(message.visibleAtMs);
    else this.#availability.announce();
  }

  /** At most `maxCount` visible messages, hidden from now on for the visibility time-out. */
  take(maxCount: number, visibilitySeconds?: number): readonly ReceivedMessage[] {
    this.#dropExpired();
    const hiddenForMs = (visibilitySeconds ?? this.settings.number('VisibilityTimeout')) * 1000;
    const taken: ReceivedMessage[] = [];
    for (const message of this.#messages.values()) {
      if (taken.length >= maxCount) break;
      if (message.visibleAtMs <= this.#clock.now() && !this.#buried(message)) taken.push(this.#giveOut(message, hiddenForMs));
    }
    if (taken.length > 0) this.#availability.hiddenUntil(this.#clock.now() + hiddenForMs);
    return taken;
  }

  /** Waits on the clock, at most so long, for a message to take. */
  async receive(maxCount: number, visibilitySeconds: number | undefined, waitSeconds: number): Promise<readonly ReceivedMessage[]> {
    const deadlineMs = this.#clock.now() + waitSeconds * 1000;
    for (;;) {
      const taken = this.take(maxCount, visibilitySeconds);
      const remainingMs = deadlineMs - this.#clock.now();
      if (taken.length > 0 || remainingMs <= 0) return taken;
      await this.#availableWithin(remainingMs);
    }
  }

  /** Calls back whenever there may be messages to take; the answer ends it. */
  onAvailable(listener: () => void): () => void {
    return this.#availability.subscribe(listener);
  }

  /** Succeeds for a message that is gone; one that was received again since keeps its newer receipt. */
  delete(receiptHandle: string): void {
    const message = this.#messageOf(receiptHandle);
    if (message?.receiptHandle === receiptHandle) this.#messages.delete(message.messageId);
  }

  changeVisibility(receiptHandle: string, seconds: number): void {
    const now = this.#clock.now();
    const message = this.#messageOf(receiptHandle);
    if (message?.receiptHandle !== receiptHandle || message.visibleAtMs <= now) {
      throw new AwsError('MessageNotInflight', `The message of the receipt handle '${receiptHandle}' is not in flight.`);
    }
    message.visibleAtMs = now + seconds * 1000;
    if (seconds === 0) this.#availability.announce();
    else this.#availability.hiddenUntil(message.visibleAtMs);
  }

  purge(): void {
    this.#messages.clear();
  }

  counts(): { readonly visible: number; readonly inFlight: number; readonly delayed: number } {
    this.#dropExpired();
    const now = this.#clock.now();
    const hidden = [...this.#messages.values()].filter((message) => message.visibleAtMs > now);
    const delayed = hidden.filter((message) => message.receiveCount === 0).length;
    return { visible: this.#messages.size - hidden.length, inFlight: hidden.length - delayed, delayed };
  }

  #giveOut(message: StoredMessage, hiddenForMs: number): ReceivedMessage {
    const now = this.#clock.now();
    if (this.#messages.size >= maxInFlight && this.counts().inFlight >= maxInFlight) {
      throw new AwsError('OverLimit', `The queue has ${maxInFlight} messages in flight.`, { status: 403 });
    }
    message.visibleAtMs = now + hiddenForMs;
    message.receiveCount += 1;
    message.firstReceivedAtMs ??= now;
    message.receiptHandle = Buffer.from(`${message.messageId} ${this.arn} ${randomUUID()}`).toString('base64');
    const { messageId, receiptHandle, body, attributes, senderId, sentAtMs, receiveCount, firstReceivedAtMs } = message;
    return { messageId, receiptHandle, body, attributes, senderId, sentAtMs, receiveCount, firstReceivedAtMs };
  }

  /** True when the message was received often enough and went to the dead-letter queue instead. */
  #buried(message: StoredMessage): boolean {
    const policy = this.settings.redrivePolicy();
    if (policy === undefined || message.receiveCount < policy.maxReceiveCount) return false;
    const letter = { ...message, visibleAtMs: this.#clock.now(), receiveCount: 0, firstReceivedAtMs: undefined, receiptHandle: undefined };
    if (!this.#deadLetter(policy.deadLetterTargetArn, letter)) return false;
    this.#messages.delete(message.messageId);
    return true;
  }

  #messageOf(receiptHandle: string): StoredMessage | undefined {
    const [messageId, arn] = Buffer.from(receiptHandle, 'base64').toString().split(' ');
    if (messageId === undefined || arn !== this.arn) {
      throw new AwsError('ReceiptHandleIsInvalid', `The input receipt handle "${receiptHandle}" is not a valid receipt handle.`, {
        status: 404,
      });
    }
    return this.#messages.get(messageId);
  }

  #dropExpired(): void {
    const oldestMs = this.#clock.now() - this.settings.number('MessageRetentionPeriod') * 1000;
    for (const message of this.#messages.values()) if (message.sentAtMs <= oldestMs) this.#messages.delete(message.messageId);
  }

  #nextDueMs(): number | undefined {
    const now = this.#clock.now();
    let next: number | undefined;
    for (const { visibleAtMs } of this.#messages.values()) {
      if (visibleAtMs > now && (next === undefined || visibleAtMs < next)) next = visibleAtMs;
    }
    return next;
  }

  #availableWithin(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        stop();
        timer.cancel();
        resolve();
      };
      const timer = this.#clock.setTimer(done, ms);
      const stop = this.#availability.subscribe(done);
    });
  }
}
