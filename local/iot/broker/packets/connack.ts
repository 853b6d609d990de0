import type { IConnackPacket } from 'mqtt-packet';

import type { ProtocolVersion } from '../codec.ts';
import type { ConnectRequest } from '../connect-terms.ts';
import { quotas } from '../quotas.ts';

/** What MQTT 5 clients are told of the service (DG:mqtt). That Server Keep Alive and Session Expiry Interval are always present is assumed. */
const propertiesOf = (request: ConnectRequest, sessionExpirySeconds: number): NonNullable<IConnackPacket['properties']> => ({
  maximumQoS: 1,
  retainAvailable: true,
  wildcardSubscriptionAvailable: true,
  subscriptionIdentifiersAvailable: false,
  sharedSubscriptionAvailable: false, // AWS has them; this broker does not yet
  topicAliasMaximum: quotas.topicAliases,
  receiveMaximum: quotas.inFlight,
  maximumPacketSize: quotas.packetBytes,
  serverKeepAlive: request.keepAliveSeconds,
  sessionExpiryInterval: sessionExpirySeconds,
  ...(request.isAssignedId ? { assignedClientIdentifier: request.clientId } : {}),
});

export const acceptingConnack = (
  version: ProtocolVersion,
  request: ConnectRequest,
  session: { readonly isResumed: boolean; readonly expirySeconds: number },
): IConnackPacket =>
  version === 5
    ? { cmd: 'connack', sessionPresent: session.isResumed, reasonCode: 0, properties: propertiesOf(request, session.expirySeconds) }
    : { cmd: 'connack', sessionPresent: session.isResumed, returnCode: 0 };

/** Both versions carry the code in the same byte. [MQTT-3.2.2-4] */
export const refusingConnack = (version: ProtocolVersion, code: number): IConnackPacket =>
  version === 5 ? { cmd: 'connack', sessionPresent: false, reasonCode: code } : { cmd: 'connack', sessionPresent: false, returnCode: code };
