import type { Clock } from '../../clock.ts';
import { isExpired, type RoutedMessage, type Subscription } from './message.ts';
import { quotas } from './quotas.ts';
import type { Session } from './session.ts';

export interface SharedGroupTerms {
  readonly clock: Clock;
  /** Picks one of that many: AWS distributes at random (DG:mqtt). */
  readonly pick: (count: number) => number;
  /** How many messages the group stores. */
  readonly capacity: number;
  /** How long it stores a message that has no expiry of its own. */
  readonly keepMs: number;
  /** Whether one more message may be stored in this second. */
  readonly mayStore: () => boolean;
}

/** Each message goes to one member of the group. Members are sessions, which may be away (DG:mqtt, shared subscriptions). */
export class SharedGroup {
  readonly members = new Map<Session, Subscription>();
  readonly #terms: SharedGroupTerms;
  #stored: { readonly message: RoutedMessage; readonly until: number }[] = [];
  #isDraining = false;

  constructor(terms: SharedGroupTerms) {
    this.#terms = terms;
  }

  /** To a member who is there. QoS 1 waits for one, if any member has a persistent session. */
  distribute(message: RoutedMessage): void {
    if (!this.#deliver(message) && message.qos === 1) this.#store(message);
  }

  /** A member went before it acknowledged. */
  giveBack(message: RoutedMessage): void {
    this.distribute(message);
  }

  /** A member came: up to 20 stored messages a second go to each one who is there. */
  drain(): void {
    const budget = this.#online().length * quotas.sharedMessagesPerSecond;
    const now = this.#terms.clock.now();
    const portion = this.#stored.splice(0, budget).filter(({ message, until }) => until > now && !isExpired(message, now));
    const left = portion.filter(({ message }) => !this.#deliver(message));
    this.#stored = [...left, ...this.#stored];
    if (budget > 0 && this.#stored.length > 0) this.#drainLater();
  }

  #online(): readonly [Session, Subscription][] {
    return [...this.members].filter(([session]) => session.isOnline);
  }

  #deliver(message: RoutedMessage): boolean {
    const online = this.#online();
    const ready = online.filter(([session]) => session.hasRate);
    const chosen = ready[this.#terms.pick(ready.length)];
    return chosen?.[0].deliver(message, chosen[1], this) ?? false;
  }

  #store(message: RoutedMessage): void {
    const isKept = [...this.members.keys()].some(({ expirySeconds }) => expirySeconds > 0);
    if (!isKept || this.#stored.length >= this.#terms.capacity || !this.#terms.mayStore()) return;
    this.#stored.push({ message, until: message.expiresAt ?? this.#terms.clock.now() + this.#terms.keepMs });
    if (this.#online().length > 0) this.#drainLater(); // they are over their rate
  }

  #drainLater(): void {
    if (this.#isDraining) return;
    this.#isDraining = true;
    this.#terms.clock.setTimer(() => {
      this.#isDraining = false;
      this.drain();
    }, 1000);
  }
}
