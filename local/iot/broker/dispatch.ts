import type { Packet } from 'mqtt-packet';

import type { Client } from './client.ts';
import type { BrokerCore } from './core.ts';
import { handleDisconnect } from './packets/disconnect.ts';
import { handlePingreq } from './packets/pingreq.ts';
import { handlePublish } from './packets/publish.ts';
import { handleSubscribe } from './packets/subscribe.ts';
import { handleUnsubscribe } from './packets/unsubscribe.ts';
import { refuseAndEnd } from './refuse.ts';

/** Gives a packet of an accepted connection to its handler. */
export const dispatch = (core: BrokerCore, client: Client, packet: Packet): void => {
  switch (packet.cmd) {
    case 'publish':
      handlePublish(core, client, packet);
      return;
    case 'puback':
      client.session.queue.acknowledge(packet.messageId ?? 0, core.clock.now());
      return;
    case 'subscribe':
      handleSubscribe(core, client, packet);
      return;
    case 'unsubscribe':
      handleUnsubscribe(core, client, packet);
      return;
    case 'pingreq':
      handlePingreq(core, client);
      return;
    case 'disconnect':
      handleDisconnect(core, client, packet);
      return;
    case 'connect': // a second one [MQTT-3.1.0-2]
    case 'auth': // "AWS IoT does not support AUTH", nor QoS 2's packets (DG:mqtt)
    case 'pubrec':
    case 'pubrel':
    case 'pubcomp':
    case 'connack': // only servers send these
    case 'suback':
    case 'unsuback':
    case 'pingresp':
      refuseAndEnd(core, client, 'mqtt.packet.unexpected');
  }
};
