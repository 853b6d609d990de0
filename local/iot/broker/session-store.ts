import type { Clock, Timer } from '../../clock.ts';
import type { ProtocolVersion } from './codec.ts';
import type { Delivery, Subscription } from './message.ts';
import type { QueueTerms } from './outbound-queue.ts';
import { Session } from './session.ts';
import { isSharedSubscription, parseSharedName } from './shared-name.ts';
import type { SharedSubscriptions } from './shared-subscriptions.ts';
import { SubscriptionIndex } from './subscription-index.ts';

interface Opening {
  readonly version: ProtocolVersion;
  readonly isCleanStart: boolean;
}

/** As `onQueued` of a queue, with the client whose queue it is. */
export type QueuedListener = (clientId: string, delivery: Delivery, isStored: boolean) => void;

export interface SessionStoreTerms {
  readonly clock: Clock;
  readonly queue: Omit<QueueTerms, 'onQueued'>;
  readonly onQueued?: QueuedListener;
  readonly shared: SharedSubscriptions;
}

/** All sessions of the account, connected or waiting for their client's return, and who subscribed to what. */
export class SessionStore {
  readonly index = new SubscriptionIndex<Session, Subscription>();
  readonly shared: SharedSubscriptions;
  readonly #clock: Clock;
  readonly #queue: SessionStoreTerms['queue'];
  readonly #onQueued: QueuedListener | undefined;
  readonly #sessions = new Map<string, Session>();
  readonly #expiries = new Map<string, Timer>();

  constructor({ clock, queue, shared, onQueued }: SessionStoreTerms) {
    this.#clock = clock;
    this.#queue = queue;
    this.#onQueued = onQueued;
    this.shared = shared;
  }

  /** The client's session for a new connection: the one it left, unless it asks for a clean start or speaks another version. [MQTT-3.1.2-4..6] */
  open(clientId: string, { version, isCleanStart }: Opening): { readonly session: Session; readonly isResumed: boolean } {
    this.#expiries.get(clientId)?.cancel();
    this.#expiries.delete(clientId);
    const previous = this.#sessions.get(clientId);
    if (previous?.version === version && !isCleanStart) return { session: previous, isResumed: true };
    if (previous !== undefined) this.#discard(previous);
    const onQueued = (delivery: Delivery, isStored: boolean): void => this.#onQueued?.(clientId, delivery, isStored);
    const session = new Session(clientId, version, { ...this.#queue, onQueued, now: () => this.#clock.now() });
    this.#sessions.set(clientId, session);
    return { session, isResumed: false };
  }

  /** The client went: the session ends now, or when its time is over. */
  release(session: Session): void {
    session.detach();
    const shared = session.queue.takeShared();
    if (session.expirySeconds === 0) this.#discard(session);
    else this.#expireLater(session);
    for (const { message, group } of shared) group?.giveBack(message);
  }

  subscribe(session: Session, filter: string, subscription: Subscription): void {
    session.subscriptions.set(filter, subscription);
    const name = isSharedSubscription(filter) ? parseSharedName(filter) : undefined;
    if (name === undefined) this.index.add(filter, session, subscription);
    else this.shared.join(name, session, subscription);
  }

  /** Answers whether there was such a subscription. */
  unsubscribe(session: Session, filter: string): boolean {
    this.#remove(session, filter);
    return session.subscriptions.delete(filter);
  }

  /** Whether there is a session, of a client that is connected or away. */
  has(clientId: string): boolean {
    return this.#sessions.has(clientId);
  }

  /** Ends the session of a client that is away, before its time. */
  end(clientId: string): void {
    const session = this.#sessions.get(clientId);
    if (session === undefined || session.isOnline) return;
    this.#expiries.get(clientId)?.cancel();
    this.#expiries.delete(clientId);
    this.#discard(session);
  }

  clear(): void {
    for (const timer of this.#expiries.values()) timer.cancel();
    this.#expiries.clear();
  }

  #expireLater(session: Session): void {
    const expire = (): void => {
      this.#expiries.delete(session.clientId);
      this.#discard(session);
    };
    this.#expiries.set(session.clientId, this.#clock.setTimer(expire, session.expirySeconds * 1000));
  }

  #remove(session: Session, filter: string): void {
    const name = isSharedSubscription(filter) ? parseSharedName(filter) : undefined;
    if (name === undefined) this.index.remove(filter, session);
    else this.shared.leave(name, session);
  }

  #discard(session: Session): void {
    for (const filter of session.subscriptions.keys()) this.#remove(session, filter);
    session.subscriptions.clear();
    if (this.#sessions.get(session.clientId) === session) this.#sessions.delete(session.clientId);
  }
}
