import type { IotMessage } from '../connection.ts';

/** A message on its way through the broker. */
export interface RoutedMessage extends IotMessage {
  /** Client id of the publisher, for the No Local option. [MQTT-3.8.3-3] */
  readonly publisherId?: string;
}

/** A subscription's options. [MQTT-3.8.3] */
export interface Subscription {
  readonly qos: 0 | 1;
  readonly noLocal: boolean;
  readonly retainAsPublished: boolean;
}

/** A message as one subscriber gets it. */
export interface Delivery {
  readonly message: RoutedMessage;
  readonly qos: 0 | 1;
  readonly retain: boolean;
  /** Set where the message is for anyone of a shared subscription: takes it back for another member. */
  readonly group?: { giveBack(message: RoutedMessage): void };
}

export const isExpired = (message: RoutedMessage, nowMs: number): boolean => message.expiresAt !== undefined && message.expiresAt <= nowMs;
