import * as z from 'zod';
import { reasonCode } from '../broker/reason-code.ts';
import { assumed, type BehaviourRows, seen } from './row.ts';

const milliseconds = z.int().min(0);
const count = z.int().min(0);
const code = z.int().min(0).max(255);

const connectionRows = {
  'mqtt.connection.connect-within-ms': assumed(milliseconds, 30_000, 'A connection has 30 seconds to send CONNECT.'),
  'mqtt.connection.certificate-grace-ms': assumed(
    milliseconds,
    120_000,
    'A certificate that leaves ACTIVE loses its connections after two minutes; the SDK speaks of a few.',
  ),
  'mqtt.connection.server-name-required': seen(
    z.boolean(),
    false,
    'A client with a certificate need not send SNI where one account is behind the endpoint: the guide recommends it; the one of 2022 required it.',
  ),
  'mqtt.connection.rate-before-policy': assumed(
    z.boolean(),
    true,
    'A connect counts against the rate of its client id before policy judges it, so that one that is denied counts, too.',
  ),
  'mqtt.connection.persistent-attribute': assumed(
    z.enum(['resumed-or-outliving', 'outliving']),
    'resumed-or-outliving',
    'Over MQTT 5 a session that may be resumed or outlives its connection has the connect attribute PersistentConnect.',
  ),
  'mqtt.connection.away-has-sockets': assumed(z.boolean(), false, 'GetConnection tells no addresses and ports of a client that is away.'),
  'mqtt.connection.thing-is-fixed': assumed(
    z.boolean(),
    true,
    'Thing policy variables keep the values that they had at CONNECT for the life of the connection.',
  ),
  'mqtt.connection.always-tells-terms': assumed(
    z.boolean(),
    true,
    'CONNACK over MQTT 5 always says Server Keep Alive and Session Expiry Interval, not only where they differ from the request.',
  ),
  'mqtt.connection.maximum-packet-bytes': seen(
    z.int().min(512),
    146 * 1024,
    'A packet may have 146 KB, as the quota says; the property table of the guide says 128 KB.',
  ),
  'mqtt.connection.unsent-bytes': assumed(count, 4 * 1024 * 1024, 'A reader that leaves over 4 MiB unread loses QoS 0 messages.'),
  'mqtt.connection.disconnect-codes': assumed(
    z.partialRecord(z.string(), code),
    {
      AUTH_ERROR: reasonCode.notAuthorized,
      FORBIDDEN_ACCESS: reasonCode.notAuthorized,
      DUPLICATE_CLIENTID: reasonCode.sessionTakenOver,
      MQTT_KEEP_ALIVE_TIMEOUT: reasonCode.keepAliveTimeout,
      SERVER_ERROR: reasonCode.unspecifiedError,
      SERVER_INITIATED_DISCONNECT: reasonCode.serverShuttingDown,
      API_INITIATED_DISCONNECT: reasonCode.administrativeAction,
      THROTTLED: reasonCode.quotaExceeded,
      CUSTOMAUTH_TTL_EXPIRATION: reasonCode.notAuthorized,
    },
    'The code of the DISCONNECT that an MQTT 5 client gets goes with the reason of the lifecycle event.',
  ),
  'mqtt.connection.assigned-id-prefix': assumed(
    z.string(),
    '$GEN/',
    'A client that gives no client id gets one that begins with $GEN/ and goes on with a UUID, as lifecycle events of such clients show it.',
  ),
  'mqtt.connection.assigned-id-is-judged': assumed(
    z.boolean(),
    true,
    'Policy judges iot:Connect of a client that gave no client id by the one that it was assigned: client/$GEN/<uuid>.',
  ),
  'mqtt.connection.reason-strings': assumed(
    z.boolean(),
    true,
    'Over MQTT 5 a failure comes with a Reason String, unless Request Problem Information is 0; its text is the name of the reason code.',
  ),
} as const satisfies BehaviourRows;

const messageRows = {
  'mqtt.message.policy-before-reserved-topics': assumed(
    z.boolean(),
    true,
    'Policy judges a publish before it is known whether the topic is reserved.',
  ),
  'mqtt.message.will-needs-permission-when-published': assumed(z.boolean(), true, 'A will is judged by policy when it is published, too.'),
  'mqtt.message.copies-of-overlapping-subscriptions': assumed(
    z.enum(['one', 'each']),
    'one',
    'A message that several subscriptions of one client match comes once, at the highest quality of service granted.',
  ),
  'mqtt.message.topic-aliases': assumed(
    z.boolean(),
    true,
    'The broker uses topic aliases towards a client that announces a Topic Alias Maximum.',
  ),
  'mqtt.message.qos1-over-outbound-rate': assumed(
    z.enum(['delayed', 'discarded']),
    'delayed',
    'A QoS 1 message over the outbound rate of its connection waits for the next second.',
  ),
  'mqtt.message.redelivery-interval-ms': seen(
    milliseconds,
    30_000,
    'A QoS 1 message that is not acknowledged is sent again after 30 seconds (amazon-freertos#2517).',
  ),
  'mqtt.message.redelivery-over-mqtt5': assumed(
    z.boolean(),
    false,
    'Over MQTT 5 a QoS 1 message is sent again on a new connection only, as the protocol demands.',
  ),
  'mqtt.message.unsubscribed-code': assumed(
    code,
    reasonCode.noSubscriptionExisted,
    'UNSUBACK over MQTT 5 says 0x11 where there was no subscription, as the protocol has it; the guide does not list the code.',
  ),
} as const satisfies BehaviourRows;

const sessionRows = {
  'mqtt.session.stored-messages': assumed(count, 10_000, 'A session stores up to 10,000 messages for its client.'),
  'mqtt.session.shared-group-messages': assumed(count, 10_000, 'A shared subscription group stores up to 10,000 messages for its members.'),
  'mqtt.session.shared-subscription-resource': seen(
    z.enum(['as-sent', 'topic-filter']),
    'as-sent',
    'Policy judges a shared subscription as topicfilter/$share/<group>/<filter>, as the samples of the device SDKs allow it.',
  ),
} as const satisfies BehaviourRows;

/** The message broker, but for what its refusals look like. */
export const mqttRows = { ...connectionRows, ...messageRows, ...sessionRows } as const satisfies BehaviourRows;
