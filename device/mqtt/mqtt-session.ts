import type { Endpoint } from './endpoint.ts';

export const mqttVersions = ['3.1.1', '5'] as const;

export type MqttVersion = (typeof mqttVersions)[number];

/** A certificate and the private key it was made for, both in PEM. */
export interface MqttIdentity {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

/** What a custom authorizer judges in place of a certificate; the user name says which authorizer. */
export interface MqttPassword {
  readonly username: string;
  readonly password: string;
}

/** A message as it came. */
export interface ReceivedMessage {
  readonly topic: string;
  readonly payload: Uint8Array;
}

/** A session that outlives its connection: the server keeps subscriptions and messages at QoS 1 until the client is back. */
export interface KeptSession {
  /** For how many seconds, over MQTT 5; over 3.1.1 it is for the server to say (an hour at AWS IoT). */
  readonly expirySeconds: number;
  /** Takes each message, one at a time, before it is acknowledged: what was not taken is delivered again. */
  readonly receive: (message: ReceivedMessage) => Promise<void>;
}

export interface ConnectRequest {
  readonly endpoint: Endpoint;
  readonly clientId: string;
  readonly identity: MqttIdentity | MqttPassword;
  /** None where nothing is to be kept of this connection, and nothing is wanted from those before. */
  readonly session?: KeptSession;
}

export const isCertificate = (identity: MqttIdentity | MqttPassword): identity is MqttIdentity => 'certificatePem' in identity;

/** An open MQTT connection. Every call fails with a `MqttSessionError` and nothing else when the connection cannot serve it. */
export interface MqttSession {
  /** Resolves when every filter is granted at QoS 1. */
  subscribe(filters: readonly string[]): Promise<void>;
  /** Publishes at QoS 1 and resolves when the server has taken it over. */
  publish(topic: string, payload: string | Uint8Array): Promise<void>;
  /** From now on, each message that arrives; one listener at a time. */
  onMessage(listener: (topic: string, payload: string) => void): void;
  /** Resolves when the connection is lost; never rejects. */
  readonly lost: Promise<MqttSessionError>;
  /** Says goodbye and closes. Never fails. */
  close(): Promise<void>;
}

/** Opens connections. The server is always verified; there is no setting that would turn it off. */
export interface MqttConnector {
  connect(request: ConnectRequest): Promise<MqttSession>;
}

/**
 * - `unreachable`: no connection could be made, or TLS failed before a certificate was judged
 * - `untrusted-server`: the server's certificate is not vouched for by the roots, or names another host
 * - `clock`: it would be trusted at another time: this device's clock is probably not set
 * - `bad-identity`: certificate and key cannot be used
 * - `refused`: the server said no, in an answer
 * - `lost`: the server closed the connection without an answer, which is also how AWS IoT says no over MQTT 3.1.1
 * - `busy`: the server said not now
 * - `timed-out`: no answer
 * - `unusable-answer`: an answer that is not what AWS IoT documents
 */
export type MqttSessionErrorCode =
  | 'unreachable'
  | 'untrusted-server'
  | 'clock'
  | 'bad-identity'
  | 'refused'
  | 'lost'
  | 'busy'
  | 'timed-out'
  | 'unusable-answer';

export class MqttSessionError extends Error {
  override readonly name = 'MqttSessionError';
  readonly code: MqttSessionErrorCode;

  constructor(code: MqttSessionErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
