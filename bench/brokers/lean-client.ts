import { once } from 'node:events';
import { type ConnectionOptions, type TLSSocket, connect, createSecureContext } from 'node:tls';
import mqttPacket, { type Packet } from 'mqtt-packet';
import type { Announcement } from './announcement.ts';

/** TLS options for every client of a broker; the secure context is made once, so that the broker is what is measured. */
export const clientOptions = ({ port, rootCa, serverName, certificate, privateKey }: Announcement): ConnectionOptions => ({
  ...{ host: '127.0.0.1', port, servername: serverName },
  secureContext: createSecureContext({ ca: rootCa, cert: certificate, key: privateKey }),
});

/** An MQTT 3.1.1 client with as little work of its own as the protocol allows. */
export class LeanClient {
  readonly #socket: TLSSocket;
  readonly #waiting: { readonly cmd: Packet['cmd']; readonly resolve: (value: undefined) => void }[] = [];
  onAcknowledged: () => void = () => undefined;
  onMessage: () => void = () => undefined;

  private constructor(socket: TLSSocket) {
    this.#socket = socket;
    socket.on('error', () => undefined); // 'close' follows, and tells whoever waits
    const parser = mqttPacket.parser({ protocolVersion: 4 });
    parser.on('packet', (packet: Packet) => {
      this.#receive(packet);
    });
    socket.on('data', (chunk: Buffer) => void parser.parse(chunk));
  }

  static async connect(options: ConnectionOptions, clientId: string): Promise<LeanClient> {
    const socket = connect(options).setNoDelay(true);
    await once(socket, 'secureConnect');
    const client = new LeanClient(socket);
    await client.#ask({ cmd: 'connect', clientId, clean: true, keepalive: 1200, protocolId: 'MQTT', protocolVersion: 4 }, 'connack');
    return client;
  }

  async subscribe(topic: string): Promise<void> {
    await this.#ask({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic, qos: 1 }] }, 'suback');
  }

  publish(topic: string, messageId: number): void {
    this.#send({ cmd: 'publish', topic, payload: 'a payload of thirty-two bytes...', qos: 1, messageId, dup: false, retain: false });
  }

  async disconnect(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#socket.once('close', () => {
      resolve(undefined);
    });
    this.#send({ cmd: 'disconnect' });
    this.#socket.end();
    await promise;
  }

  #send(packet: Packet): void {
    this.#socket.write(mqttPacket.generate(packet));
  }

  #ask(packet: Packet, cmd: Packet['cmd']): Promise<undefined> {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    this.#waiting.push({ cmd, resolve });
    this.#socket.once('close', () => {
      reject(new Error(`The broker hung up instead of answering ${packet.cmd}`));
    });
    this.#send(packet);
    return promise;
  }

  #receive(packet: Packet): void {
    if (packet.cmd === 'puback') this.onAcknowledged();
    else if (packet.cmd === 'publish') {
      this.#send({ cmd: 'puback', messageId: packet.messageId ?? 0 });
      this.onMessage();
    } else if (this.#waiting[0]?.cmd === packet.cmd) this.#waiting.shift()?.resolve(undefined);
  }
}
