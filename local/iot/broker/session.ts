import type { ProtocolVersion } from './codec.ts';
import type { Delivery, RoutedMessage, Subscription } from './message.ts';
import { OutboundQueue, type QueueTerms, type Sending, type Transmit } from './outbound-queue.ts';

/** The connection at the other end of a session. */
export interface Receiver {
  /** Checks policy and sends without acknowledgement. */
  deliver(message: RoutedMessage, retain: boolean): void;
  /** Checks policy and sends under a packet id. */
  transmit(...sending: Parameters<Transmit>): Sending;
  /** Un-acknowledged QoS 1 messages that the client takes at a time. */
  readonly receiveMaximum: number;
  /** Whether a message can go out in this second. */
  readonly hasRate: boolean;
}

/** What AWS IoT remembers of a client between its connections. [MQTT-5 §4.1] */
export class Session {
  readonly clientId: string;
  /** "An MQTT 3 persistent session can't be resumed as an MQTT 5 session, and vice versa" (DG:mqtt). */
  readonly version: ProtocolVersion;
  readonly subscriptions = new Map<string, Subscription>();
  readonly queue: OutboundQueue;
  /** Seconds that it outlives its connection; 0 ends it together with that. */
  expirySeconds = 0;
  readonly #now: () => number;
  #receiver: Receiver | undefined;

  constructor(clientId: string, version: ProtocolVersion, { now, ...queue }: QueueTerms & { readonly now: () => number }) {
    this.clientId = clientId;
    this.version = version;
    this.queue = new OutboundQueue(queue);
    this.#now = now;
  }

  get isOnline(): boolean {
    return this.#receiver !== undefined;
  }

  /** Whether a message would reach the client in this second. */
  get hasRate(): boolean {
    return this.#receiver?.hasRate ?? false;
  }

  attach(receiver: Receiver): void {
    this.#receiver = receiver;
    this.queue.attach((...sending) => receiver.transmit(...sending), receiver.receiveMaximum);
  }

  detach(): void {
    this.#receiver = undefined;
    this.queue.detach();
  }

  /** QoS 0 reaches a connected client only; QoS 1 waits for the client as long as the session lasts (DG:mqtt-persistent-sessions). */
  deliver(message: RoutedMessage, subscription: Subscription, group?: Delivery['group']): boolean {
    if (subscription.noLocal && message.publisherId === this.clientId) return true;
    const retain = subscription.retainAsPublished && message.retain;
    return this.send({ message, qos: subscription.qos, retain, ...(group === undefined ? {} : { group }) });
  }

  /** Delivers at the lower of both qualities of service. [MQTT-3.8.4-8] False: there was no room to keep it. */
  send(delivery: Delivery): boolean {
    if (delivery.message.qos === 1 && delivery.qos === 1) return this.queue.push(delivery, this.#now());
    this.#receiver?.deliver(delivery.message, delivery.retain);
    return true;
  }
}
