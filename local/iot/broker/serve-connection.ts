import type { Packet } from 'mqtt-packet';

import type { Client } from './client.ts';
import type { BrokerCore } from './core.ts';
import { dispatch } from './dispatch.ts';
import { endConnection } from './end-connection.ts';
import { KeepAlive } from './keep-alive.ts';
import { handleConnect } from './packets/connect.ts';
import { reasonCode } from './reason-code.ts';
import { refuseAndEnd } from './refuse.ts';
import type { TlsPeer } from './tls-peer.ts';
import type { Transport } from './transport.ts';
import { protocolRefusals, type Refusal } from './wire-behaviour.ts';

interface Established {
  readonly client: Client;
  readonly keepAlive: KeepAlive;
}

/** Follows one connection from its CONNECT to its end. */
export const serveConnection = (core: BrokerCore, transport: Transport, peer: TlsPeer): void => {
  let established: Established | undefined;
  const patience = core.clock.setTimer(() => {
    transport.close();
  }, core.settings.connectTimeoutMs);

  const accept = (packet: Packet): void => {
    patience.cancel();
    // The first packet must be CONNECT. [MQTT-3.1.0-1]
    const client = packet.cmd === 'connect' ? handleConnect(core, transport, peer, packet) : undefined;
    if (client === undefined) {
      transport.close();
      return;
    }
    const keepAlive = new KeepAlive(core.clock, client.terms.keepAliveSeconds, () => {
      endConnection(core, client, { reason: 'MQTT_KEEP_ALIVE_TIMEOUT', reasonCode: reasonCode.keepAliveTimeout });
    });
    established = { client, keepAlive };
  };
  /** A fault of ours, or of a service that watches, must not take the others' connections along: it fails closed. */
  const guarded = (step: () => void): void => {
    try {
      step();
    } catch (error) {
      core.log({ eventType: 'Disconnect', status: 'Failure', protocol: 'MQTT', disconnectReason: 'SERVER_ERROR', details: String(error) });
      if (established === undefined) transport.close();
      else endConnection(core, established.client, { reason: 'SERVER_ERROR', reasonCode: reasonCode.unspecifiedError });
    }
  };
  const receive = (packet: Packet): void => {
    if (established === undefined) {
      accept(packet);
      return;
    }
    established.keepAlive.heard();
    dispatch(core, established.client, packet);
  };
  const refuse = (refusal: Refusal): void => {
    if (established === undefined) transport.close();
    else refuseAndEnd(core, established.client, refusal);
  };

  transport.listen({
    onPacket: (packet) => {
      guarded(() => {
        receive(packet);
      });
    },
    onMalformed: () => {
      refuse(protocolRefusals.malformed);
    },
    onTooLarge: () => {
      refuse(protocolRefusals.packetTooLarge);
    },
    onClosed: () => {
      patience.cancel();
      established?.keepAlive.stop();
      if (established !== undefined) endConnection(core, established.client, { reason: 'CONNECTION_LOST' });
    },
  });
};
