import type { IConnectPacket } from 'mqtt-packet';

import type { RefusalId } from '../behaviour/mqtt-refusals.data.ts';
import type { ConnectAttribute, PolicyRequest, PolicySubject } from '../policy/authorizer.ts';
import type { ConnectRequest } from './connect-terms.ts';
import type { BrokerCore } from './core.ts';
import { quotas } from './quotas.ts';
import { isClientId, isReserved, isTopicName } from './topic-name.ts';

const judgeProperties = ({ properties }: IConnectPacket): RefusalId | undefined => {
  if (properties === undefined) return undefined;
  const asksForMoreAuthentication = properties.authenticationMethod !== undefined || properties.authenticationData !== undefined;
  const isTooSmall = (properties.maximumPacketSize ?? quotas.minClientPacketBytes) < quotas.minClientPacketBytes;
  const takesNothing = properties.receiveMaximum === 0; // [MQTT-3.1.2-22]
  return asksForMoreAuthentication || isTooSmall || takesNothing ? 'mqtt.connect.bad-properties' : undefined;
};

const judgeWillForm = ({ will }: IConnectPacket): RefusalId | undefined => {
  if (will === undefined) return undefined;
  if (will.qos === 2) return 'mqtt.connect.qos-not-supported';
  // Its payload has a length of two bytes on the wire, so that it cannot be too large.
  return isTopicName(will.topic) && !isReserved(will.topic) ? undefined : 'mqtt.connect.bad-will-topic';
};

/** Whether the CONNECT is well made; asks no policy. */
export const judgeConnectForm = (packet: IConnectPacket): RefusalId | undefined => {
  const isKeptWithoutName = packet.clientId === '' && packet.protocolVersion !== 5 && packet.clean !== true; // [MQTT-3.1.3-8]
  if (isKeptWithoutName || !isClientId(packet.clientId)) return 'mqtt.connect.bad-client-id';
  return judgeProperties(packet) ?? judgeWillForm(packet);
};

const isPersistent = ({ behaviour }: BrokerCore, request: ConnectRequest): boolean =>
  request.requestedExpirySeconds > 0 ||
  (!request.isCleanStart && behaviour['mqtt.connection.persistent-attribute'] === 'resumed-or-outliving');

const attributesOf = (core: BrokerCore, request: ConnectRequest): readonly ConnectAttribute[] => [
  ...(isPersistent(core, request) ? (['PersistentConnect'] as const) : []),
  ...(request.will === undefined ? [] : (['LastWill'] as const)),
];

/** Connect itself, then what the will would do (DG:life-cycle-events, connect_failed). */
export const isConnectAllowed = (core: BrokerCore, subject: PolicySubject, request: ConnectRequest): boolean => {
  const will = request.will?.message;
  const requests: PolicyRequest[] = [
    {
      action: 'iot:Connect',
      name: request.isAssignedId && !core.behaviour['mqtt.connection.assigned-id-is-judged'] ? '' : request.clientId,
      connectAttributes: attributesOf(core, request),
      ...(will === undefined ? {} : { lastWillTopic: will.topic }),
    },
  ];
  if (will !== undefined) requests.push({ action: 'iot:Publish', name: will.topic });
  if (will?.retain === true) requests.push({ action: 'iot:RetainPublish', name: will.topic });
  return requests.every((one) => core.authorizer.authorize(subject, one) === 'allowed');
};
