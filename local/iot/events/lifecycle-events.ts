import type { Clock } from '../../clock.ts';
import type { IotBehaviour } from '../behaviour/behaviour.ts';
import type { IotConnection, IotMessage } from '../connection.ts';

/** Who an event is about. A connection that was refused has the same facts as one that was accepted. */
export type EventSubject = Pick<IotConnection, 'clientId' | 'principalId' | 'thing' | 'sessionIdentifier' | 'sourceIp'>;

export interface Disconnection {
  /** One of the documented `disconnectReason` values. */
  readonly reason: string;
  readonly isClientInitiated: boolean;
  readonly versionNumber: number;
}

/** Presence and subscription events: always on, published in the account like any other message (DG:life-cycle-events). */
export interface LifecycleEvents {
  connected(subject: EventSubject, versionNumber: number): void;
  disconnected(subject: EventSubject, disconnection: Disconnection): void;
  /** Only for a CONNECT that policies refuse, itself or for its will; never for a failed authentication. */
  connectFailed(subject: EventSubject): void;
  subscribed(subject: EventSubject, topics: readonly string[]): void;
  unsubscribed(subject: EventSubject, topics: readonly string[]): void;
}

type EventTopic =
  | 'presence/connected'
  | 'presence/disconnected'
  | 'presence/connect_failed'
  | 'subscriptions/subscribed'
  | 'subscriptions/unsubscribed';

/** Events carry the thing's name only when the certificate is attached to it exclusively (DG:exclusive-thing). */
const thingNameOf = (subject: EventSubject): { thingName?: string } =>
  subject.thing?.isExclusive === true ? { thingName: subject.thing.thingName } : {};

export interface LifecycleEventsOptions {
  readonly clock: Clock;
  readonly behaviour: Pick<IotBehaviour, 'events.quality-of-service'>;
  readonly publish: (message: IotMessage) => void;
}

export const createLifecycleEvents = ({ clock, behaviour, publish }: LifecycleEventsOptions): LifecycleEvents => {
  const eventMessage = (topic: string, event: object): IotMessage => ({
    topic,
    payload: Buffer.from(JSON.stringify(event)),
    qos: behaviour['events.quality-of-service'],
    retain: false,
  });
  const emit = (eventTopic: EventTopic, subject: EventSubject, members: Readonly<Record<string, unknown>>): void => {
    // A client id with a wildcard in it would make no valid topic, so it gets no events (DG:life-cycle-events).
    if (/[#+]/.test(subject.clientId)) return;
    const eventType = eventTopic.slice(eventTopic.indexOf('/') + 1);
    publish(
      eventMessage(`$aws/events/${eventTopic}/${subject.clientId}`, {
        clientId: subject.clientId,
        ...thingNameOf(subject),
        timestamp: clock.now(),
        eventType,
        sessionIdentifier: subject.sessionIdentifier,
        principalIdentifier: subject.principalId,
        ...members,
      }),
    );
  };
  return {
    connected: (subject, versionNumber) => {
      emit('presence/connected', subject, { ipAddress: subject.sourceIp, versionNumber });
    },
    disconnected: (subject, { reason, isClientInitiated, versionNumber }) => {
      emit('presence/disconnected', subject, { clientInitiatedDisconnect: isClientInitiated, disconnectReason: reason, versionNumber });
    },
    connectFailed: (subject) => {
      emit('presence/connect_failed', subject, { connectFailureReason: 'AUTHORIZATION_FAILED', ipAddress: subject.sourceIp });
    },
    subscribed: (subject, topics) => {
      emit('subscriptions/subscribed', subject, { topics });
    },
    unsubscribed: (subject, topics) => {
      emit('subscriptions/unsubscribed', subject, { topics });
    },
  };
};
