import type { Client } from '../client.ts';

/** [MQTT-3.12.4-1] */
export const handlePingreq = (client: Client): void => {
  client.transport.send({ cmd: 'pingresp' });
};
