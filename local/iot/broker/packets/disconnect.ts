import type { IDisconnectPacket } from 'mqtt-packet';

import type { Client } from '../client.ts';
import type { BrokerCore } from '../core.ts';
import { endConnection } from '../end-connection.ts';
import { reasonCode } from '../reason-code.ts';
import { refuseAndEnd } from '../refuse.ts';

/** The client says goodbye and may, in MQTT 5, change how long its session lasts. */
export const handleDisconnect = (core: BrokerCore, client: Client, packet: IDisconnectPacket): void => {
  const expirySeconds = packet.properties?.sessionExpiryInterval;
  if (expirySeconds !== undefined) {
    // A session that was to end with its connection cannot be made to stay. [MQTT-3.14.2-2]
    if (expirySeconds > 0 && client.terms.requestedExpirySeconds === 0) {
      refuseAndEnd(core, client, 'mqtt.packet.unexpected');
      return;
    }
    client.session.expirySeconds = Math.min(expirySeconds, core.settings.persistentSessionSeconds);
  }
  endConnection(core, client, {
    reason: 'CLIENT_INITIATED_DISCONNECT',
    isClientInitiated: true,
    keepsWill: packet.reasonCode === reasonCode.disconnectWithWill,
  });
};
