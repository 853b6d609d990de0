import type { Clock } from '../../clock.ts';
import { isExpired, type RoutedMessage } from './message.ts';

/** The last retained message of each topic. [MQTT-3.3.1-5..7] */
export class RetainedMessages {
  readonly #clock: Clock;
  readonly #byTopic = new Map<string, RoutedMessage>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** An empty payload forgets the topic's message. [MQTT-3.3.1-6] */
  store(message: RoutedMessage): void {
    if (message.payload.length === 0) this.#byTopic.delete(message.topic);
    else this.#byTopic.set(message.topic, message);
  }

  /** How many messages are kept, this topic's aside. */
  countWithout(topic: string): number {
    return this.#byTopic.size - (this.#byTopic.has(topic) ? 1 : 0);
  }

  /** By topic only: a subscription with wildcards gets no retained messages (DG:mqtt). */
  get(topic: string): RoutedMessage | undefined {
    const message = this.#byTopic.get(topic);
    if (message === undefined || !isExpired(message, this.#clock.now())) return message;
    this.#byTopic.delete(topic);
    return undefined;
  }
}
