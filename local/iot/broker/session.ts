import type { RoutedMessage, Subscription } from './message.ts';
import { OutboundQueue, type Transmit } from './outbound-queue.ts';

/** The connection at the other end of a session. */
export interface Receiver {
  /** Checks policy and sends without acknowledgement. */
  deliver(message: RoutedMessage, retain: boolean): void;
  /** Checks policy and sends under a packet id. */
  transmit(...sending: Parameters<Transmit>): boolean;
  /** Un-acknowledged QoS 1 messages that the client takes at a time. */
  readonly receiveMaximum: number;
}

/** What AWS IoT remembers of a client between its connections. [MQTT-5 §4.1] */
export class Session {
  readonly clientId: string;
  readonly subscriptions = new Map<string, Subscription>();
  readonly queue = new OutboundQueue();
  /** Seconds that it outlives its connection; 0 ends it together with that. */
  expirySeconds = 0;
  #receiver: Receiver | undefined;

  constructor(clientId: string) {
    this.clientId = clientId;
  }

  attach(receiver: Receiver, storedMessagesAtOnce: number): void {
    this.#receiver = receiver;
    this.queue.attach((...sending) => receiver.transmit(...sending), receiver.receiveMaximum, storedMessagesAtOnce);
  }

  detach(): void {
    this.#receiver = undefined;
    this.queue.detach();
  }

  /** QoS 0 reaches a connected client only; QoS 1 waits for the client as long as the session lasts (DG:mqtt-persistent-sessions). */
  deliver(message: RoutedMessage, subscription: Subscription): void {
    if (subscription.noLocal && message.publisherId === this.clientId) return;
    const retain = subscription.retainAsPublished && message.retain;
    this.send(message, subscription.qos, retain);
  }

  /** Delivers at the lower of both qualities of service. [MQTT-3.8.4-8] */
  send(message: RoutedMessage, grantedQos: 0 | 1, retain: boolean): void {
    if (message.qos === 1 && grantedQos === 1) this.queue.push({ message, qos: 1, retain });
    else this.#receiver?.deliver(message, retain);
  }
}
