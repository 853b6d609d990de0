import { generate, type IConnectPacket, type Packet, parser } from 'mqtt-packet';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';

import type { Identity } from './test-certificates.ts';

export interface RawOptions {
  readonly port: number;
  readonly identity?: Identity | undefined;
  readonly rootCa: string;
  readonly version?: 4 | 5;
  readonly tls?: ConnectionOptions;
}

/** A client that hides nothing: what it sends is what goes out, what comes in is kept in order, closing included. */
export class RawClient {
  readonly received: Packet[] = [];
  /** Resolves when the server has closed, with how: a clean end of stream or an error. */
  readonly closed: Promise<'ended' | 'failed'>;
  readonly #socket: TLSSocket;
  readonly #version: 4 | 5;
  #unreadable: Error | undefined;
  #waiting: { readonly count: number; readonly resolve: () => void; readonly reject: (error: Error) => void }[] = [];

  private constructor(socket: TLSSocket, version: 4 | 5) {
    this.#socket = socket;
    this.#version = version;
    const reader = parser({ protocolVersion: version });
    reader.on('packet', (packet) => {
      this.received.push(packet);
      this.#wake();
    });
    // E.g. an answer to bytes of the other version. Nothing that comes after it can be read, either.
    reader.on('error', (error: Error) => {
      this.#unreadable = error;
      this.#wake();
    });
    socket.on('data', (chunk: Buffer) => reader.parse(chunk));
    this.closed = new Promise((resolve) => {
      let hasEnded = false;
      socket.once('end', () => {
        hasEnded = true;
      });
      socket.on('error', () => undefined);
      socket.once('close', () => {
        resolve(hasEnded ? 'ended' : 'failed');
        for (const { reject } of this.#waiting) reject(new Error(`closed after ${JSON.stringify(this.received)}`));
      });
    });
  }

  /** Completes the TLS handshake and nothing more. */
  static open({ port, identity, rootCa, version = 4, tls }: RawOptions): Promise<RawClient> {
    return new Promise((resolve, reject) => {
      const credentials = identity === undefined ? {} : { key: identity.key, cert: identity.cert };
      const socket = connect({ host: '127.0.0.1', port, ca: rootCa, servername: 'localhost', ...credentials, ...tls });
      const client = new RawClient(socket, version);
      socket.once('secureConnect', () => {
        resolve(client);
      });
      socket.once('error', reject);
    });
  }

  send(packet: Packet): void {
    this.#socket.write(generate(packet, { protocolVersion: this.#version }));
  }

  sendBytes(bytes: Buffer): void {
    this.#socket.write(bytes);
  }

  connect(packet: Partial<IConnectPacket> = {}): void {
    this.send({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: this.#version,
      clientId: 'raw',
      clean: true,
      keepalive: 60,
      ...packet,
    });
  }

  /** Connects and waits for CONNACK. */
  async enter(packet: Partial<IConnectPacket> = {}): Promise<this> {
    this.connect(packet);
    await this.take(1);
    return this;
  }

  /** Waits until that many packets have come in all, and returns the last of them. */
  async take(count: number): Promise<Packet> {
    await new Promise<void>((resolve, reject) => {
      this.#waiting.push({ count, resolve, reject });
      this.#wake();
    });
    const packet = this.received[count - 1];
    if (packet === undefined) throw new Error('woken too early');
    return packet;
  }

  /** What it got up to the moment at which the broker has answered a ping, so that "nothing came" can be said. */
  async settle(): Promise<readonly Packet[]> {
    const before = this.received.length;
    this.send({ cmd: 'pingreq' });
    while (!this.received.slice(before).some(({ cmd }) => cmd === 'pingresp')) await this.take(this.received.length + 1);
    return this.received.filter(({ cmd }) => cmd !== 'pingresp');
  }

  async publish(topic: string, payload: string, options: { readonly qos?: 0 | 1; readonly retain?: boolean } = {}): Promise<void> {
    const qos = options.qos ?? 0;
    this.send({ cmd: 'publish', topic, payload, dup: false, retain: options.retain ?? false, qos, ...(qos === 1 ? { messageId: 7 } : {}) });
    await this.settle();
  }

  async subscribe(...filters: readonly string[]): Promise<Packet> {
    const subscriptions = filters.map((topic) => ({
      topic,
      qos: 1 as const,
      ...(this.#version === 5 ? { nl: false, rap: false, rh: 0 } : {}),
    }));
    this.send({ cmd: 'subscribe', messageId: 5, subscriptions });
    for (;;) {
      const found = this.received.find((packet) => packet.cmd === 'suback');
      if (found !== undefined) {
        this.received.splice(this.received.indexOf(found), 1);
        return found;
      }
      await this.take(this.received.length + 1);
    }
  }

  /** Leaves unread what comes in, until `resume`. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** Cuts the line without a word. */
  cut(): void {
    this.#socket.destroy();
  }

  #wake(): void {
    const error = this.#unreadable;
    if (error !== undefined) for (const { reject } of this.#waiting.splice(0)) reject(error);
    const ready = this.#waiting.filter(({ count }) => this.received.length >= count);
    this.#waiting = this.#waiting.filter(({ count }) => this.received.length < count);
    for (const { resolve } of ready) resolve();
  }
}
