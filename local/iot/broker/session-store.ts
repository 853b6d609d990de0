import type { Clock, Timer } from '../../clock.ts';
import type { Subscription } from './message.ts';
import { Session } from './session.ts';
import { SubscriptionIndex } from './subscription-index.ts';

/** All sessions of the account, connected or waiting for their client's return, and who subscribed to what. */
export class SessionStore {
  readonly index = new SubscriptionIndex<Session, Subscription>();
  readonly #clock: Clock;
  readonly #sessions = new Map<string, Session>();
  readonly #expiries = new Map<string, Timer>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The client's session for a new connection: the one it left, unless it asks for a clean start. [MQTT-3.1.2-4..6] */
  open(clientId: string, isCleanStart: boolean): { readonly session: Session; readonly isResumed: boolean } {
    this.#expiries.get(clientId)?.cancel();
    this.#expiries.delete(clientId);
    const previous = this.#sessions.get(clientId);
    if (previous !== undefined && !isCleanStart) return { session: previous, isResumed: true };
    if (previous !== undefined) this.#discard(previous);
    const session = new Session(clientId);
    this.#sessions.set(clientId, session);
    return { session, isResumed: false };
  }

  /** The client went: the session ends now, or when its time is over. */
  release(session: Session): void {
    session.detach();
    if (session.expirySeconds === 0) {
      this.#discard(session);
      return;
    }
    const expire = (): void => {
      this.#expiries.delete(session.clientId);
      this.#discard(session);
    };
    this.#expiries.set(session.clientId, this.#clock.setTimer(expire, session.expirySeconds * 1000));
  }

  subscribe(session: Session, filter: string, subscription: Subscription): void {
    session.subscriptions.set(filter, subscription);
    this.index.add(filter, session, subscription);
  }

  /** Answers whether there was such a subscription. */
  unsubscribe(session: Session, filter: string): boolean {
    this.index.remove(filter, session);
    return session.subscriptions.delete(filter);
  }

  clear(): void {
    for (const timer of this.#expiries.values()) timer.cancel();
    this.#expiries.clear();
  }

  #discard(session: Session): void {
    for (const filter of session.subscriptions.keys()) this.index.remove(filter, session);
    session.subscriptions.clear();
    if (this.#sessions.get(session.clientId) === session) this.#sessions.delete(session.clientId);
  }
}
