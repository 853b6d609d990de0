import type { DisconnectReason } from '../events/disconnect-reason.ts';
import { reasonCode } from './reason-code.ts';

/**
 * What one kind of refusal looks like on the wire. Kept as a table, so that a capture from a real account can correct a
 * line without touching code.
 */
export interface Refusal {
  /** MQTT 3.1.1: close, or answer with this code in the packet's own acknowledgement. */
  readonly mqtt3: 'close' | { readonly code: number };
  /**
   * MQTT 5: `acknowledge` with the code in CONNACK, PUBACK or SUBACK (a QoS 0 PUBLISH has none and gets a DISCONNECT),
   * `disconnect` with the code, or just `close`.
   */
  readonly mqtt5: { readonly how: 'acknowledge' | 'disconnect'; readonly code: number } | 'close';
  /** What the `disconnected` event says when the refusal ends a connection. */
  readonly disconnectReason: DisconnectReason;
}

const acknowledge = (code: number) => ({ how: 'acknowledge', code }) as const;
const disconnect = (code: number) => ({ how: 'disconnect', code }) as const;

/** Answers to CONNECT. The current guide lists CONNACK codes 0x80, 0x85, 0x86, 0x87, 0x90, 0x97, 0x9B (DG:mqtt). */
export const connectRefusals = {
  /** Unknown, inactive, revoked or expired certificate: closed after TLS (assumed from other implementers' comparison with AWS; for MQTT 5 too). */
  notAuthenticated: { mqtt3: 'close', mqtt5: 'close', disconnectReason: 'AUTH_ERROR' },
  /** No CONNACK in 3.1.1, reported by users of Paho and of AWS's own SDKs; 0x87 in 5 (DG:mqtt). */
  notAuthorized: { mqtt3: 'close', mqtt5: acknowledge(reasonCode.notAuthorized), disconnectReason: 'AUTH_ERROR' },
  /** Longer than 128 bytes, beginning with `$`, or empty where a session is to be kept (GR, DG:mqtt; form assumed). */
  badClientId: { mqtt3: 'close', mqtt5: acknowledge(reasonCode.clientIdentifierNotValid), disconnectReason: 'CLIENT_ERROR' },
  badWillTopic: { mqtt3: 'close', mqtt5: acknowledge(reasonCode.topicNameInvalid), disconnectReason: 'CLIENT_ERROR' },
  willTooLarge: { mqtt3: 'close', mqtt5: acknowledge(reasonCode.quotaExceeded), disconnectReason: 'CLIENT_ERROR' },
  /** Will at QoS 2. [MQTT-3.2.2-12] */
  qosNotSupported: { mqtt3: 'close', mqtt5: acknowledge(reasonCode.qosNotSupported), disconnectReason: 'CLIENT_ERROR' },
  /** Enhanced authentication or property values out of range; AWS lists no code of their own for them (assumed). */
  badProperties: { mqtt3: 'close', mqtt5: acknowledge(reasonCode.unspecifiedError), disconnectReason: 'CLIENT_ERROR' },
} as const satisfies Record<string, Refusal>;

/** Answers to PUBLISH. PUBACK codes listed: 0x00, 0x80, 0x87, 0x90, 0x91, 0x97 (DG:mqtt). */
export const publishRefusals = {
  /** 3.1.1: hang-up without PUBACK (aws-crt-python#229). 5: that the connection stays open is assumed. */
  notAuthorized: { mqtt3: 'close', mqtt5: acknowledge(reasonCode.notAuthorized), disconnectReason: 'AUTH_ERROR' },
  /** Wildcards, over 256 bytes, over 7 slashes (GR: rejected; form assumed). */
  badTopic: { mqtt3: 'close', mqtt5: acknowledge(reasonCode.topicNameInvalid), disconnectReason: 'CLIENT_ERROR' },
  /** "Unsupported publish or subscribe operations to topics that begin with $ can result in a terminated connection" (DG22:reserved-topics). */
  reservedTopic: { mqtt3: 'close', mqtt5: disconnect(reasonCode.topicNameInvalid), disconnectReason: 'CLIENT_ERROR' },
  /** A payload over the limit disconnects (DG:life-cycle-events, CLIENT_ERROR); 0x95 is not in AWS's list, 0x97 is (assumed). */
  tooLarge: { mqtt3: 'close', mqtt5: disconnect(reasonCode.quotaExceeded), disconnectReason: 'CLIENT_ERROR' },
  qosNotSupported: { mqtt3: 'close', mqtt5: disconnect(reasonCode.qosNotSupported), disconnectReason: 'CLIENT_ERROR' },
  badTopicAlias: { mqtt3: 'close', mqtt5: disconnect(reasonCode.topicAliasInvalid), disconnectReason: 'CLIENT_ERROR' },
} as const satisfies Record<string, Refusal>;

/** Answers to SUBSCRIBE, filter by filter where they acknowledge. */
export const subscribeRefusals = {
  /** 3.1.1: dropped without SUBACK (aws-iot-device-sdk-js#125, #191). 5: 0x87 per filter (DG:mqtt). */
  notAuthorized: { mqtt3: 'close', mqtt5: acknowledge(reasonCode.notAuthorized), disconnectReason: 'AUTH_ERROR' },
  /** 3.1.1: no SUBACK and a disconnect (amazon-freertos#2431). 5: 143 (DG:cwl-format sample). */
  reservedFilter: { mqtt3: 'close', mqtt5: acknowledge(reasonCode.topicFilterInvalid), disconnectReason: 'CLIENT_ERROR' },
  badFilter: { mqtt3: 'close', mqtt5: acknowledge(reasonCode.topicFilterInvalid), disconnectReason: 'CLIENT_ERROR' },
  /** Over 50 per connection: 0x80 is what 3.1.1 clients report for filters over a quota (aws-c-mqtt#170). */
  tooManySubscriptions: {
    mqtt3: { code: reasonCode.unspecifiedError },
    mqtt5: acknowledge(reasonCode.quotaExceeded),
    disconnectReason: 'CLIENT_ERROR',
  },
  /** Over 8 filters in one request: the request is rejected (GR; form assumed). */
  tooManyFilters: { mqtt3: 'close', mqtt5: acknowledge(reasonCode.quotaExceeded), disconnectReason: 'CLIENT_ERROR' },
  /** AWS has shared subscriptions; this broker has none yet and says so in CONNACK. [MQTT-3.2.2-13] */
  sharedSubscription: { mqtt3: 'close', mqtt5: acknowledge(reasonCode.sharedSubscriptionsNotSupported), disconnectReason: 'CLIENT_ERROR' },
  qosNotSupported: { mqtt3: 'close', mqtt5: disconnect(reasonCode.qosNotSupported), disconnectReason: 'CLIENT_ERROR' },
  /** Seen by users of Node-RED (node-red#4133). */
  subscriptionIdentifier: {
    mqtt3: 'close',
    mqtt5: disconnect(reasonCode.subscriptionIdentifiersNotSupported),
    disconnectReason: 'CLIENT_ERROR',
  },
} as const satisfies Record<string, Refusal>;

/** Anything that the protocol forbids at this point. */
export const protocolRefusals = {
  malformed: { mqtt3: 'close', mqtt5: disconnect(reasonCode.malformedPacket), disconnectReason: 'CLIENT_ERROR' },
  unexpectedPacket: { mqtt3: 'close', mqtt5: disconnect(reasonCode.protocolError), disconnectReason: 'CLIENT_ERROR' },
  packetTooLarge: { mqtt3: 'close', mqtt5: disconnect(reasonCode.quotaExceeded), disconnectReason: 'CLIENT_ERROR' },
} as const satisfies Record<string, Refusal>;

/** The code of the DISCONNECT that an MQTT 5 client gets when the service ends its connection; absent: closed without one. */
export const disconnectCodes: Readonly<Partial<Record<string, number>>> = {
  AUTH_ERROR: reasonCode.notAuthorized,
  FORBIDDEN_ACCESS: reasonCode.notAuthorized,
  DUPLICATE_CLIENTID: reasonCode.sessionTakenOver,
  MQTT_KEEP_ALIVE_TIMEOUT: reasonCode.keepAliveTimeout,
  SERVER_INITIATED_DISCONNECT: reasonCode.serverShuttingDown,
  API_INITIATED_DISCONNECT: reasonCode.administrativeAction,
  THROTTLED: reasonCode.quotaExceeded,
  CUSTOMAUTH_TTL_EXPIRATION: reasonCode.notAuthorized,
};
