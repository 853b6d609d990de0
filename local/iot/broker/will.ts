import type { RoutedMessage } from './message.ts';

/** What is published when a connection ends without the client's goodbye (DG:mqtt-lwt). */
export interface Will {
  readonly message: RoutedMessage;
  /** [MQTT-3.1.3-9] */
  readonly delaySeconds: number;
  /** Counts from the moment of publishing, not of CONNECT. [MQTT-3.1.3-10] */
  readonly expirySeconds: number | undefined;
}
