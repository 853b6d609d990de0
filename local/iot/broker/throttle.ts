import type { Clock } from '../../clock.ts';
import { TokenBucket } from '../../token-bucket.ts';
import type { BrokerRates } from './rates.data.ts';
import { RecentKeys } from './recent-keys.ts';

/** What an account may do so often in a second. */
export type AccountRate =
  | 'connects'
  | 'publishesIn'
  | 'publishesOut'
  | 'subscriptions'
  | 'retainedPublishes'
  | 'queuedMessages'
  | 'connectionDeletes'
  | 'connectionReads'
  | 'retainedReads';

/** What one connection may do in a second. */
export interface ConnectionThrottle {
  readonly publishesIn: TokenBucket;
  readonly publishesOut: TokenBucket;
  readonly bytesIn: TokenBucket;
  readonly bytesOut: TokenBucket;
}

/** Counts what an account's clients do against its quotas. Without rates nothing is ever too much. */
export class Throttle {
  readonly #clock: Clock;
  readonly #rates: BrokerRates | undefined;
  readonly #buckets: Readonly<Record<AccountRate, TokenBucket>> | undefined;
  readonly #clientIds: RecentKeys;
  readonly #retainedTopics: RecentKeys;
  readonly #deletedClientIds: RecentKeys;
  readonly #readClientIds: RecentKeys;

  constructor(clock: Clock, rates: BrokerRates | undefined) {
    const bucket = (perSecond: number): TokenBucket => new TokenBucket(clock, perSecond);
    this.#clock = clock;
    this.#rates = rates;
    this.#buckets = rates && {
      connects: bucket(rates.connects),
      publishesIn: bucket(rates.publishesIn),
      publishesOut: bucket(rates.publishesOut),
      subscriptions: bucket(rates.subscriptions),
      retainedPublishes: bucket(rates.retainedPublishes),
      queuedMessages: bucket(rates.queuedMessages),
      connectionDeletes: bucket(rates.connectionDeletes),
      connectionReads: bucket(rates.connectionReads),
      retainedReads: bucket(rates.retainedReads),
    };
    this.#clientIds = new RecentKeys(clock, rates?.connectsPerClientId ?? 1);
    this.#retainedTopics = new RecentKeys(clock, rates?.retainedPublishesPerTopic ?? 1);
    this.#deletedClientIds = new RecentKeys(clock, rates?.connectionDeletesPerClientId ?? 1);
    this.#readClientIds = new RecentKeys(clock, rates?.connectionReadsPerClientId ?? 1);
  }

  /** False when the account has used up its rate. */
  take(rate: AccountRate, count = 1): boolean {
    return this.#buckets?.[rate].take(count) ?? true;
  }

  /** Which of the quotas a CONNECT is over, by the name of its metric, if any. `connections`: how many there are already. */
  throttleOfConnect(clientId: string, connections: number): 'ClientIDThrottle' | 'Throttle' | undefined {
    if (this.#rates === undefined) return undefined;
    if (connections >= this.#rates.connections) return 'Throttle';
    if (!this.#clientIds.take(clientId)) return 'ClientIDThrottle';
    return this.take('connects') ? undefined : 'Throttle';
  }

  /** `retained`: how many messages are kept already, this topic's aside. Forgetting one is never too much. */
  mayRetain({ topic, payload }: { readonly topic: string; readonly payload: Buffer | string }, retained: number): boolean {
    if (this.#rates === undefined) return true;
    const hasRoom = payload.length === 0 || retained < this.#rates.retainedMessages;
    return hasRoom && this.#retainedTopics.take(topic) && this.take('retainedPublishes');
  }

  mayDelete(clientId: string): boolean {
    return this.#rates === undefined || (this.#deletedClientIds.take(clientId) && this.take('connectionDeletes'));
  }

  mayLook(clientId: string): boolean {
    return this.#rates === undefined || (this.#readClientIds.take(clientId) && this.take('connectionReads'));
  }

  forConnection(): ConnectionThrottle | undefined {
    if (this.#rates === undefined) return undefined;
    const { publishesPerConnection, bytesPerConnection } = this.#rates;
    return {
      publishesIn: new TokenBucket(this.#clock, publishesPerConnection),
      publishesOut: new TokenBucket(this.#clock, publishesPerConnection),
      bytesIn: new TokenBucket(this.#clock, bytesPerConnection),
      bytesOut: new TokenBucket(this.#clock, bytesPerConnection),
    };
  }
}
