import type { Clock } from '../../clock.ts';
import { isExpired, type RoutedMessage } from './message.ts';

/** A message that waits for whoever subscribes to its topic. */
export interface RetainedMessage {
  readonly message: RoutedMessage;
  /** Milliseconds since the epoch. */
  readonly storedAtMs: number;
}

/** The last retained message of each topic. [MQTT-3.3.1-5..7] */
export class RetainedMessages {
  readonly #clock: Clock;
  readonly #byTopic = new Map<string, RetainedMessage>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** An empty payload forgets the topic's message. [MQTT-3.3.1-6] */
  store(message: RoutedMessage): void {
    if (message.payload.length === 0) this.#byTopic.delete(message.topic);
    else this.#byTopic.set(message.topic, { message, storedAtMs: this.#clock.now() });
  }

  /** How many messages are kept, this topic's aside. */
  countWithout(topic: string): number {
    return this.#byTopic.size - (this.#byTopic.has(topic) ? 1 : 0);
  }

  /** By topic only: a subscription with wildcards gets no retained messages (DG:mqtt). */
  get(topic: string): RoutedMessage | undefined {
    return this.find(topic)?.message;
  }

  find(topic: string): RetainedMessage | undefined {
    const retained = this.#byTopic.get(topic);
    if (retained === undefined || !isExpired(retained.message, this.#clock.now())) return retained;
    this.#byTopic.delete(topic);
    return undefined;
  }

  /** By topic, in alphabetical order. */
  list(): readonly RetainedMessage[] {
    const topics = [...this.#byTopic.keys()].sort();
    return topics.flatMap((topic) => this.find(topic) ?? []);
  }
}
