import { setImmediate } from 'node:timers/promises';
import type { IotMessage, MessageBroker } from '../connection.ts';

// AWS lets rules that set each other off go on until somebody stops them; here they would keep one process busy for good.
const maxHops = 100;

/** Counts through how many rules a message has come. */
export class RepublishHops {
  readonly #hops = new WeakMap<IotMessage, number>();

  of(message: IotMessage): number {
    return this.#hops.get(message) ?? 0;
  }

  /** Whether rules may look at a message that has come through so many. */
  areFew(hops: number): boolean {
    return hops <= maxHops;
  }

  /** A broker that counts what a rule publishes as one hop more. */
  after(hops: number, broker: Pick<MessageBroker, 'publish'>): Pick<MessageBroker, 'publish'> {
    return {
      publish: async (message) => {
        await setImmediate(); // lets others in, however long the chain is
        this.#hops.set(message, hops + 1);
        await broker.publish(message);
      },
    };
  }
}
