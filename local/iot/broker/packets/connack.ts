import type { IConnackPacket } from 'mqtt-packet';

import type { IotBehaviour } from '../../behaviour/behaviour.ts';
import type { ProtocolVersion } from '../codec.ts';
import type { ConnectRequest } from '../connect-terms.ts';
import { quotas } from '../quotas.ts';
import { reasonProperties } from '../reason-properties.ts';

interface Accepted {
  readonly version: ProtocolVersion;
  readonly request: ConnectRequest;
  readonly isResumed: boolean;
  readonly expirySeconds: number;
}

interface Knowing {
  readonly behaviour: IotBehaviour;
}

/** What the client did not get as it asked, or all that it got. [MQTT-3.2.2.3] */
const termsOf = ({ behaviour }: Knowing, { request, expirySeconds }: Accepted): NonNullable<IConnackPacket['properties']> => {
  const isTold = behaviour['mqtt.connection.always-tells-terms'];
  return {
    ...(isTold || request.keepAliveSeconds !== request.requestedKeepAliveSeconds ? { serverKeepAlive: request.keepAliveSeconds } : {}),
    ...(isTold || expirySeconds !== request.requestedExpirySeconds ? { sessionExpiryInterval: expirySeconds } : {}),
    ...(request.isAssignedId ? { assignedClientIdentifier: request.clientId } : {}),
  };
};

/** What MQTT 5 clients are told of the service (DG:mqtt). */
const propertiesOf = (core: Knowing, accepted: Accepted): NonNullable<IConnackPacket['properties']> => ({
  maximumQoS: 1,
  retainAvailable: true,
  wildcardSubscriptionAvailable: true,
  subscriptionIdentifiersAvailable: false,
  sharedSubscriptionAvailable: true,
  topicAliasMaximum: quotas.topicAliases,
  receiveMaximum: quotas.inFlight,
  maximumPacketSize: core.behaviour['mqtt.connection.maximum-packet-bytes'],
  ...termsOf(core, accepted),
});

export const acceptingConnack = (core: Knowing, accepted: Accepted): IConnackPacket =>
  accepted.version === 5
    ? { cmd: 'connack', sessionPresent: accepted.isResumed, reasonCode: 0, properties: propertiesOf(core, accepted) }
    : { cmd: 'connack', sessionPresent: accepted.isResumed, returnCode: 0 };

interface Refused {
  readonly version: ProtocolVersion;
  readonly wantsReasons: boolean;
  readonly code: number;
}

/** Both versions carry the code in the same byte. [MQTT-3.2.2-4] */
export const refusingConnack = (core: Knowing, { version, wantsReasons, code }: Refused): IConnackPacket =>
  version === 5
    ? { cmd: 'connack', sessionPresent: false, reasonCode: code, ...reasonProperties(core, { wantsReasons }, code) }
    : { cmd: 'connack', sessionPresent: false, returnCode: code };
