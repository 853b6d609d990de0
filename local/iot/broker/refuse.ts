import type { Client } from './client.ts';
import type { BrokerCore } from './core.ts';
import { endConnection } from './end-connection.ts';
import type { Refusal } from './wire-behaviour.ts';

/** Ends the connection over a refusal that no acknowledgement can carry. */
export const refuseAndEnd = (core: BrokerCore, client: Client, refusal: Refusal): void => {
  endConnection(core, client, {
    reason: refusal.disconnectReason,
    reasonCode: refusal.mqtt5 === 'close' ? undefined : refusal.mqtt5.code,
  });
};

/** The code that the packet's own acknowledgement carries for this refusal, or undefined where the connection ends instead. */
export const acknowledgedCode = (client: Client, refusal: Refusal): number | undefined => {
  if (client.protocolVersion === 4) return refusal.mqtt3 === 'close' ? undefined : refusal.mqtt3.code;
  return refusal.mqtt5 !== 'close' && refusal.mqtt5.how === 'acknowledge' ? refusal.mqtt5.code : undefined;
};
