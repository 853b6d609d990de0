import type { IotBehaviour } from '../behaviour/behaviour.ts';
import type { IotConnection, IotMessage, MessageObserver } from '../connection.ts';
import type { IotLog } from '../events/iot-log.ts';
import type { RoutedMessage, Subscription } from './message.ts';
import type { RetainedMessages } from './retained-messages.ts';
import type { Session } from './session.ts';
import type { SessionStore } from './session-store.ts';

/** Topics that feed one rule and nobody else (DG:iot-basic-ingest). */
const basicIngest = '$aws/rules/';

interface Observing {
  readonly behaviour: IotBehaviour;
  readonly observers: readonly MessageObserver[];
  readonly log: IotLog;
}

/** Brings an accepted message to the sessions that subscribed and to those who watch all messages. */
export class Router {
  readonly #sessions: SessionStore;
  readonly #retained: RetainedMessages;
  readonly #observers: readonly MessageObserver[];
  readonly #log: IotLog;
  readonly #copies: 'one' | 'each';

  constructor(sessions: SessionStore, retained: RetainedMessages, observing: Observing) {
    this.#sessions = sessions;
    this.#retained = retained;
    this.#observers = observing.observers;
    this.#log = observing.log;
    this.#copies = observing.behaviour['mqtt.message.copies-of-overlapping-subscriptions'];
  }

  publish(message: RoutedMessage, publisher?: IotConnection): void {
    if (message.retain) this.#retained.store(message);
    if (!message.topic.startsWith(basicIngest)) {
      this.#distribute(message);
      this.#sessions.shared.distribute(message);
    }
    this.observe(message, publisher);
  }

  /** Shows a message to the rules only. */
  observe(message: IotMessage, publisher?: IotConnection): void {
    for (const observer of this.#observers) {
      try {
        observer.observe(message, publisher);
      } catch (error) {
        // What fails behind the broker is not the publisher's fault, nor the other observers'.
        this.#log({ eventType: 'RuleExecution', status: 'Failure', topicName: message.topic, details: String(error) });
      }
    }
  }

  #distribute(message: RoutedMessage): void {
    if (this.#copies === 'one') this.#distributeOnce(message);
    else this.#sessions.index.forEachMatch(message.topic, (session, subscription) => session.deliver(message, subscription));
  }

  /** Overlapping subscriptions get one copy, at the highest quality granted; [MQTT-3.3.5-1] allows either. */
  #distributeOnce(message: RoutedMessage): void {
    let first: { readonly session: Session; readonly subscription: Subscription } | undefined;
    let others: Map<Session, Subscription> | undefined;
    this.#sessions.index.forEachMatch(message.topic, (session, subscription) => {
      if (first === undefined) {
        first = { session, subscription };
        return;
      }
      others ??= new Map([[first.session, first.subscription]]);
      const before = others.get(session);
      if (before === undefined || before.qos < subscription.qos) others.set(session, subscription);
    });
    if (others !== undefined) for (const [session, subscription] of others) session.deliver(message, subscription);
    else if (first !== undefined) first.session.deliver(message, first.subscription);
  }
}
