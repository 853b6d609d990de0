import type { Client } from '../client.ts';
import { factsOf } from '../connection-facts.ts';
import type { BrokerCore } from '../core.ts';

/** [MQTT-3.12.4-1] */
export const handlePingreq = (core: BrokerCore, client: Client): void => {
  client.transport.send({ cmd: 'pingresp' });
  core.metrics.count('Ping.Success');
  const now = core.clock.now();
  core.log(() => ({ eventType: 'Ping', status: 'Success', ...factsOf(client), requestTimestamp: now, responseTimestamp: now, latency: 0 }));
};
