import type { Packet } from 'mqtt-packet';
import type { TLSSocket } from 'node:tls';

import type { Clock } from '../../clock.ts';
import { encode, PacketReader, type ProtocolVersion } from './codec.ts';
import { quotas } from './quotas.ts';

/** How long a closed connection may take to take its last bytes before it is cut. */
const lingerMs = 1000;

/** A reader this slow loses QoS 0 messages rather than filling this process's memory (assumed). */
const maxUnsentBytes = 4 * 1024 * 1024;

export interface TransportListener {
  onPacket(packet: Packet): void;
  onMalformed(): void;
  /** More bytes than any packet may have. */
  onTooLarge(): void;
  /** Called once, whoever closed. */
  onClosed(): void;
}

/** One TLS connection as a stream of MQTT packets. */
export class Transport {
  version: ProtocolVersion = 4;
  readonly #socket: TLSSocket;
  readonly #clock: Clock;
  #isClosing = false;

  constructor(socket: TLSSocket, clock: Clock) {
    this.#socket = socket;
    this.#clock = clock;
  }

  listen(listener: TransportListener): void {
    const onPacket = (packet: Packet): void => {
      if (this.#isClosing) return;
      if ((packet.length ?? 0) > quotas.packetBytes) listener.onTooLarge();
      else listener.onPacket(packet);
    };
    const reader = new PacketReader(onPacket, () => {
      if (!this.#isClosing) listener.onMalformed();
    });
    this.#socket.on('data', (chunk: Buffer) => {
      if (this.#isClosing) return;
      const pendingBytes = reader.read(chunk);
      if (pendingBytes > quotas.packetBytes) listener.onTooLarge();
    });
    // A reset is followed by `close`, which is all that matters here.
    this.#socket.on('error', () => undefined);
    this.#socket.once('close', () => {
      listener.onClosed();
    });
  }

  get isCongested(): boolean {
    return this.#socket.writableLength > maxUnsentBytes;
  }

  send(packet: Packet): void {
    this.sendEncoded(encode(packet, this.version));
  }

  sendEncoded(bytes: Buffer): void {
    if (!this.#isClosing) this.#socket.write(bytes);
  }

  /** Sends a last packet, if any, then close_notify; what still comes in is read and dropped, so that nothing is reset under the last packet. */
  close(last?: Packet): void {
    if (this.#isClosing) return;
    if (last === undefined) this.#socket.end();
    else this.#socket.end(encode(last, this.version));
    this.#isClosing = true;
    const timer = this.#clock.setTimer(() => {
      this.#socket.destroy();
    }, lingerMs);
    this.#socket.once('close', () => {
      timer.cancel();
    });
  }

  destroy(): void {
    this.#isClosing = true;
    this.#socket.destroy();
  }
}
