import type { IPublishPacket } from 'mqtt-packet';
import type { ThingView } from './directory.ts';

/** One accepted MQTT connection, as the rest of AWS IoT sees it. */
export interface IotConnection {
  readonly clientId: string;
  /** The certificate id that authenticated it, or what a custom authorizer calls it. */
  readonly principalId: string;
  readonly isCustomAuthenticated?: boolean;
  readonly thing: ThingView | undefined;
  readonly protocolVersion: 4 | 5;
  readonly sessionIdentifier: string;
  readonly sourceIp: string;
  readonly sourcePort: number;
}

/** MQTT 5 properties that travel from publisher to subscriber unchanged. [MQTT-3.3.2-4, -15..18, -20] */
export type MessageProperties = Pick<
  NonNullable<IPublishPacket['properties']>,
  'payloadFormatIndicator' | 'responseTopic' | 'correlationData' | 'userProperties' | 'contentType'
>;

export interface IotMessage {
  readonly topic: string;
  readonly payload: Buffer;
  readonly qos: 0 | 1;
  readonly retain: boolean;
  readonly properties?: MessageProperties;
  /** Milliseconds since the epoch, from the Message Expiry Interval. [MQTT-3.3.2-5] */
  readonly expiresAt?: number;
}

/** What the service side of AWS IoT may do through its broker. */
export interface MessageBroker {
  /** Delivers to every subscriber that may receive it, and to the topic rules, which see it as the publisher's if there is one. */
  publish(message: IotMessage, publisher?: IotConnection): Promise<void>;
  /** Answers one connection and nobody else, if it subscribed to the topic (DG:fleet-provision-api). */
  respond(connection: IotConnection, message: IotMessage): Promise<void>;
  /** Answers one connection and nobody else, whether it subscribed or not (DG:jobs-mqtt-api). */
  reply(connection: IotConnection, message: IotMessage): Promise<void>;
  /** Ends connections by client id or by certificate, with the reason that lifecycle events will give. */
  disconnect(which: { readonly clientId: string } | { readonly principalId: string }, reason: string): void;
  /** Whether that client is connected now. */
  isConnected(clientId: string): boolean;
}

/** A service that lives behind reserved request topics, such as fleet provisioning. */
export interface ReservedTopicService {
  /** True for a topic that clients may publish requests to. */
  accepts(topic: string): boolean;
  /** True for a filter that clients may subscribe to for its answers. */
  answersOn(topicFilter: string): boolean;
  handle(connection: IotConnection, message: IotMessage): Promise<void>;
}

/** Anyone who sees every message published in the account: the rules engine. */
export interface MessageObserver {
  observe(message: IotMessage, publisher: IotConnection | undefined): void;
}
