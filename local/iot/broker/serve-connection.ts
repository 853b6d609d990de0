import type { IConnectPacket, Packet } from 'mqtt-packet';

import type { Timer } from '../../clock.ts';
import type { RefusalId } from '../behaviour/mqtt-refusals.data.ts';
import type { Arrival } from './arrival.ts';
import type { Client } from './client.ts';
import type { BrokerCore } from './core.ts';
import { dispatch } from './dispatch.ts';
import { endConnection } from './end-connection.ts';
import { KeepAlive } from './keep-alive.ts';
import { type Identity, identify } from './identify.ts';
import { answerConnect, readVersion } from './packets/connect.ts';
import { quotas } from './quotas.ts';
import { refuseAndEnd } from './refuse.ts';
import type { TransportListener } from './transport.ts';

/** One connection from its CONNECT to its end. */
class ServedConnection implements TransportListener {
  readonly #core: BrokerCore;
  readonly #arrival: Arrival;
  readonly #patience: Timer;
  #client: Client | undefined;
  #keepAlive: KeepAlive | undefined;
  /** What came behind CONNECT while an authorizer makes up its mind; no more than one read, because the transport is paused. */
  #early: Packet[] | undefined;
  #isClosed = false;
  #webSocketLife: Timer | undefined;

  constructor(core: BrokerCore, arrival: Arrival) {
    this.#core = core;
    this.#arrival = arrival;
    this.#patience = core.clock.setTimer(() => {
      arrival.transport.close();
    }, core.behaviour['mqtt.connection.connect-within-ms']);
  }

  /** A fault of ours must not take the others' connections along: it ends this one. */
  onPacket(packet: Packet): void {
    this.#guard(() => {
      this.#receive(packet);
    });
  }

  #guard(handle: () => void): void {
    try {
      handle();
    } catch (error) {
      this.#core.log({
        eventType: 'Disconnect',
        status: 'Failure',
        protocol: 'MQTT',
        disconnectReason: 'SERVER_ERROR',
        details: String(error),
      });
      if (this.#client === undefined) this.#arrival.transport.close();
      else endConnection(this.#core, this.#client, { reason: 'SERVER_ERROR' });
    }
  }

  onMalformed(): void {
    this.#refuse('mqtt.packet.malformed');
  }

  onTooLarge(): void {
    this.#refuse('mqtt.packet.too-large');
  }

  onClosed(): void {
    this.#isClosed = true;
    this.#patience.cancel();
    this.#keepAlive?.stop();
    this.#webSocketLife?.cancel();
    if (this.#client !== undefined) endConnection(this.#core, this.#client, { reason: 'CONNECTION_LOST' });
  }

  #receive(packet: Packet): void {
    if (this.#early !== undefined) {
      this.#early.push(packet);
      return;
    }
    if (this.#client === undefined) {
      this.#enter(packet);
      return;
    }
    this.#keepAlive?.heard();
    dispatch(this.#core, this.#client, packet);
  }

  #enter(packet: Packet): void {
    this.#patience.cancel();
    // The first packet must be CONNECT. [MQTT-3.1.0-1]
    if (packet.cmd !== 'connect' || !readVersion(this.#arrival, packet)) {
      this.#arrival.transport.close();
      return;
    }
    const identity = identify(this.#core, this.#arrival, packet);
    if (identity instanceof Promise) this.#await(packet, identity);
    else this.#answer(packet, identity);
  }

  #await(packet: IConnectPacket, pending: Promise<Identity | RefusalId>): void {
    const { transport } = this.#arrival;
    this.#early = [];
    transport.pause();
    const proceed = (answer: () => void): void => {
      const early = this.#early ?? [];
      this.#early = undefined;
      if (this.#isClosed) return;
      transport.resume();
      this.#guard(answer);
      for (const next of early) if (this.#client !== undefined) this.onPacket(next);
    };
    pending.then(
      (identity) => {
        proceed(() => {
          this.#answer(packet, identity);
        });
      },
      (error: unknown) => {
        proceed(() => {
          throw error;
        });
      },
    );
  }

  #answer(packet: IConnectPacket, identity: Identity | RefusalId): void {
    const client = answerConnect(this.#core, this.#arrival, { packet, identity });
    this.#client = client;
    if (client === undefined) {
      this.#arrival.transport.close();
      return;
    }
    this.#keepAlive = new KeepAlive(this.#core.clock, client.terms.keepAliveSeconds, () => {
      endConnection(this.#core, client, { reason: 'MQTT_KEEP_ALIVE_TIMEOUT' });
    });
    if (this.#arrival.http === undefined) return;
    this.#webSocketLife = this.#core.clock.setTimer(() => {
      endConnection(this.#core, client, { reason: 'WEBSOCKET_TTL_EXPIRATION' });
    }, quotas.webSocketSeconds * 1000);
  }

  #refuse(refusal: RefusalId): void {
    if (this.#client === undefined) this.#arrival.transport.close();
    else refuseAndEnd(this.#core, this.#client, refusal);
  }
}

export const serveConnection = (core: BrokerCore, arrival: Arrival): void => {
  arrival.transport.listen(new ServedConnection(core, arrival), {
    packetBytes: core.behaviour['mqtt.connection.maximum-packet-bytes'],
    unsentBytes: core.behaviour['mqtt.connection.unsent-bytes'],
  });
};
