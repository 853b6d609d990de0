import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { type IClientOptions, MqttClient } from 'mqtt';
import * as z from 'zod/mini';
import type { SharedEnvironment } from '../environment/shared-environment.ts';

/** A certificate and its key, both PEM. */
export interface Identity {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

export interface Dialling {
  readonly shared: Pick<SharedEnvironment, 'mqtt' | 'rootCa'>;
  /** Absent: no client certificate is shown. */
  readonly identity?: Identity;
  /** What an authorizer is shown, with a user name where one is said; the port that goes by ALPN is then dialled, unless `port` says another. */
  readonly proof?: { readonly username?: string; readonly password: string };
  readonly port?: number;
  /** The address of this machine that the connection comes from; any, unless given. */
  readonly from?: string;
  readonly clientId: string;
  /** MQTT 3.1.1 or 5; 3.1.1 unless given. */
  readonly version?: 4 | 5;
  /** What is asked for by SNI; `localhost` unless given. */
  readonly serverName?: string;
  readonly will?: { readonly topic: string; readonly payload: string };
}

/**
 * What became of something that a client tried: AWS IoT answers MQTT 5 with a reason code (in decimal) and hangs up on
 * 3.1.1 without a word.
 */
export type Fate = 'done' | 'no TLS' | 'hung up' | `reason code ${number}`;

/** What AWS IoT makes of something that is not authorized. */
export const denied = (version: 4 | 5): Fate => (version === 5 ? 'reason code 135' : 'hung up');

export interface Message {
  readonly topic: string;
  readonly payload: string;
}

/** MQTT.js on a connection of its own that never reconnects. */
export class MqttConnection {
  /** Settles when the server has ended the connection. */
  readonly lost: Promise<Fate>;
  /** E.g. `TLSv1.3`. */
  readonly tlsVersion: string | null;
  readonly #client: MqttClient;
  readonly #messages: Message[] = [];
  readonly #listeners = new Set<() => void>();

  private constructor(client: MqttClient, { lost, tlsVersion }: Pick<MqttConnection, 'lost' | 'tlsVersion'>) {
    this.#client = client;
    this.tlsVersion = tlsVersion;
    this.lost = lost;
    client.on('message', (topic, payload) => {
      this.#messages.push({ topic, payload: payload.toString() });
      for (const listener of this.#listeners) listener();
    });
  }

  /** Dials, and says what became of it. */
  static async dial(dialling: Dialling): Promise<MqttConnection | Exclude<Fate, 'done'>> {
    const socket = await dialTls(dialling);
    if (socket === undefined) return 'no TLS';
    const client = new MqttClient(() => socket, optionsOf(dialling));
    const lost = lossOf(client);
    const connected = new Promise<'done'>((resolve) => {
      client.once('connect', () => {
        resolve('done');
      });
    });
    const fate = await Promise.race([connected, lost]);
    if (fate === 'done') return new MqttConnection(client, { lost, tlsVersion: socket.getProtocol() });
    client.end(true);
    return fate;
  }

  /** Dials where it is to succeed. */
  static async open(dialling: Dialling): Promise<MqttConnection> {
    const connection = await MqttConnection.dial(dialling);
    if (typeof connection === 'string') throw new Error(`${dialling.clientId} could not connect: ${connection}`);
    return connection;
  }

  /** At QoS 1. */
  publish(topic: string, payload: string | Buffer, { retain = false } = {}): Promise<Fate> {
    return this.#fateOf(this.#client.publishAsync(topic, payload, { qos: 1, retain }));
  }

  /** At QoS 1. */
  subscribe(...filters: readonly string[]): Promise<Fate> {
    return this.#fateOf(this.#client.subscribeAsync([...filters], { qos: 1 }));
  }

  /** Takes the oldest message that came in and was not taken yet; waits for one. */
  async take(): Promise<Message> {
    for (;;) {
      const message = this.#messages.shift();
      if (message !== undefined) return message;
      await new Promise<void>((resolve) => {
        const listener = () => {
          this.#listeners.delete(listener);
          resolve();
        };
        this.#listeners.add(listener);
      });
    }
  }

  async close(): Promise<void> {
    // MQTT.js would wait for acknowledgements that a server which has hung up does not send.
    await Promise.race([this.#client.endAsync(), this.lost]);
    this.#client.end(true);
  }

  #fateOf(done: Promise<unknown>): Promise<Fate> {
    return Promise.race([done.then(() => 'done' as const, fateOfError), this.lost]);
  }
}

/** Dials, hangs up again, and says what became of it. */
export const tryToConnect = async (dialling: Dialling): Promise<Fate> => {
  const connection = await MqttConnection.dial(dialling);
  if (typeof connection === 'string') return connection;
  // Over TLS 1.3 and MQTT 3.1.1 all is well once CONNACK has come; nothing is refused later.
  await connection.close();
  return 'done';
};

// A name that is not the server's is the server's to refuse here, not the client's.
const checkServerIdentity = () => undefined;

const dialTls = ({ shared, identity, proof, port, from, serverName = 'localhost' }: Dialling): Promise<TLSSocket | undefined> =>
  new Promise((resolve) => {
    const credentials: ConnectionOptions = identity === undefined ? {} : { cert: identity.certificatePem, key: identity.privateKeyPem };
    const socket = connect({
      ...credentials,
      host: '127.0.0.1',
      ...(from === undefined ? {} : { localAddress: from }),
      ...(proof === undefined ? {} : { ALPNProtocols: ['mqtt'] }),
      port: port ?? (proof === undefined ? shared.mqtt.port : shared.mqtt.customAuthPort),
      ca: shared.rootCa,
      servername: serverName,
      checkServerIdentity,
    });
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.once('close', () => {
      resolve(undefined);
    });
    socket.once('secureConnect', () => {
      resolve(socket);
    });
  });

const optionsOf = ({ clientId, version = 4, will, proof }: Dialling): IClientOptions => ({
  clientId,
  protocolVersion: version,
  clean: true,
  reconnectPeriod: 0,
  resubscribe: false,
  ...proof,
  ...(will === undefined ? {} : { will: { topic: will.topic, payload: Buffer.from(will.payload), qos: 1, retain: false } }),
});

const lossOf = (client: MqttClient): Promise<Fate> =>
  new Promise((resolve) => {
    client.on('error', (error) => {
      resolve(fateOfError(error));
    });
    client.on('disconnect', ({ reasonCode = 0 }) => {
      resolve(`reason code ${reasonCode}`);
    });
    client.on('close', () => {
      resolve('hung up');
    });
  });

// MQTT.js has the code of a refused publish in `code`, and those of refused filters in the SUBACK that it hands on.
const refusal = z.union([
  z.pipe(
    z.object({ code: z.number() }),
    z.transform(({ code }) => code),
  ),
  z.pipe(
    z.object({ packet: z.object({ granted: z.array(z.number()) }) }),
    z.transform(({ packet }) => packet.granted.find((code) => code >= 0x80) ?? 0),
  ),
]);

const fateOfError = (error: unknown): Fate => {
  const code = z.safeParse(refusal, error).data;
  return code === undefined ? 'hung up' : `reason code ${code}`;
};
