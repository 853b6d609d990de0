import type { IConnectPacket } from 'mqtt-packet';

import type { ConnectAttribute, PolicyRequest, PolicySubject } from '../policy/authorizer.ts';
import type { ConnectRequest } from './connect-terms.ts';
import type { BrokerCore } from './core.ts';
import { quotas } from './quotas.ts';
import { isClientId, isReserved, isTopicName } from './topic-name.ts';
import { connectRefusals, type Refusal } from './wire-behaviour.ts';

const judgeProperties = ({ properties }: IConnectPacket): Refusal | undefined => {
  if (properties === undefined) return undefined;
  const asksForMoreAuthentication = properties.authenticationMethod !== undefined || properties.authenticationData !== undefined;
  const isTooSmall = (properties.maximumPacketSize ?? quotas.minClientPacketBytes) < quotas.minClientPacketBytes;
  const takesNothing = properties.receiveMaximum === 0; // [MQTT-3.1.2-22]
  return asksForMoreAuthentication || isTooSmall || takesNothing ? connectRefusals.badProperties : undefined;
};

const judgeWillForm = ({ will }: IConnectPacket): Refusal | undefined => {
  if (will === undefined) return undefined;
  if (will.qos === 2) return connectRefusals.qosNotSupported;
  if (!isTopicName(will.topic) || isReserved(will.topic)) return connectRefusals.badWillTopic;
  return will.payload.length > quotas.payloadBytes ? connectRefusals.willTooLarge : undefined;
};

/** Whether the CONNECT is well made; asks no policy. */
export const judgeConnectForm = (packet: IConnectPacket): Refusal | undefined => {
  const isKeptWithoutName = packet.clientId === '' && packet.protocolVersion !== 5 && packet.clean !== true; // [MQTT-3.1.3-8]
  if (isKeptWithoutName || !isClientId(packet.clientId)) return connectRefusals.badClientId;
  return judgeProperties(packet) ?? judgeWillForm(packet);
};

const attributesOf = (request: ConnectRequest): readonly ConnectAttribute[] => [
  // For MQTT 5, a session that is resumed or outlives the connection is taken as persistent (assumed).
  ...(!request.isCleanStart || request.requestedExpirySeconds > 0 ? (['PersistentConnect'] as const) : []),
  ...(request.will === undefined ? [] : (['LastWill'] as const)),
];

/** Connect itself, then what the will would do (DG:life-cycle-events, connect_failed). */
export const isConnectAllowed = (core: BrokerCore, subject: PolicySubject, request: ConnectRequest): boolean => {
  const will = request.will?.message;
  const requests: PolicyRequest[] = [
    {
      action: 'iot:Connect',
      name: request.clientId,
      connectAttributes: attributesOf(request),
      ...(will === undefined ? {} : { lastWillTopic: will.topic }),
    },
  ];
  if (will !== undefined) requests.push({ action: 'iot:Publish', name: will.topic });
  if (will?.retain === true) requests.push({ action: 'iot:RetainPublish', name: will.topic });
  return requests.every((one) => core.authorizer.authorize(subject, one) === 'allowed');
};
