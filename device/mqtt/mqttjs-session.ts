import type { TLSSocket } from 'node:tls';
import { MqttClient, type IClientOptions } from 'mqtt';
import { type KeptSession, type MqttPassword, type MqttSession, MqttSessionError, type MqttVersion } from './mqtt-session.ts';
import { errorOfAnswer } from './mqttjs-error.ts';

const KEEP_ALIVE_SECONDS = 60;
const CLOSING_MS = 1_000;

// MQTT.js writes a log of its own for whoever sets DEBUG, and puts every line of it together for whoever does not, too.
const silence = process.env['DEBUG'] === undefined ? { log: () => undefined } : {};

export interface MqttHandshake {
  readonly clientId: string;
  readonly version: MqttVersion;
  readonly password?: MqttPassword;
  readonly session?: KeptSession;
  /** Gives up when it aborts. */
  readonly signal: AbortSignal;
}

/**
 * Speaks CONNECT over an open TLS connection and waits for CONNACK.
 * @throws MqttSessionError
 */
export const openSession = async (socket: TLSSocket, handshake: MqttHandshake): Promise<MqttSession> => {
  const client = new MqttClient(() => socket, optionsOf(handshake));
  if (handshake.session !== undefined) takeBeforeAcknowledging(client, handshake.session);
  const lost = lossOf(client);
  const failure = await Promise.race([connackOf(client), lost, timeUp(handshake.signal)]);
  if (failure === undefined) return sessionOf(client, lost);
  client.end(true);
  throw failure;
};

const connackOf = (client: MqttClient): Promise<undefined> =>
  new Promise((resolve) => {
    client.once('connect', () => {
      resolve(undefined);
    });
  });

const timeUp = (signal: AbortSignal): Promise<MqttSessionError> =>
  new Promise((resolve) => {
    signal.addEventListener('abort', () => {
      resolve(new MqttSessionError('timed-out', 'The server did not answer CONNECT in time.'));
    });
  });

// MQTT.js acknowledges a message when this says that it is done. It is in place before the first can come.
const takeBeforeAcknowledging = (client: MqttClient, { receive }: KeptSession): void => {
  client.handleMessage = ({ topic, payload }, done) => {
    const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload;
    // What is not taken is left without an acknowledgement, so that it comes again on the next connection.
    receive({ topic, payload: bytes }).then(
      () => {
        done();
      },
      () => undefined,
    );
  };
};

const optionsOf = ({ clientId, version, password, session }: MqttHandshake): IClientOptions => ({
  clientId,
  ...password,
  protocolVersion: version === '5' ? 5 : 4,
  clean: session === undefined,
  ...(session === undefined || version !== '5' ? {} : { properties: { sessionExpiryInterval: session.expirySeconds } }),
  keepalive: KEEP_ALIVE_SECONDS,
  // Reconnecting is the state machine's business: it must use a fresh client id and start over.
  reconnectPeriod: 0,
  resubscribe: false,
  ...silence,
});

const lossOf = (client: MqttClient): Promise<MqttSessionError> =>
  new Promise((resolve) => {
    client.on('error', (cause) => {
      resolve(errorOfAnswer(cause));
    });
    // MQTT 5 tells why before it closes; 3.1.1 only closes.
    client.on('disconnect', ({ reasonCode }) => {
      resolve(new MqttSessionError('lost', `The server ended the connection with reason code ${reasonCode ?? 0}.`));
    });
    client.on('close', () => {
      // What we ended ourselves is not lost.
      if (client.disconnecting) return;
      resolve(
        new MqttSessionError('lost', 'The server closed the connection without an answer, as AWS IoT does with what is not allowed.'),
      );
    });
  });

const sessionOf = (client: MqttClient, lost: Promise<MqttSessionError>): MqttSession => {
  const orLost = async (answer: Promise<unknown>): Promise<void> => {
    const failure = await Promise.race([answer.then(() => undefined, errorOfAnswer), lost]);
    if (failure !== undefined) throw failure;
  };
  return {
    lost,
    subscribe: (filters) => orLost(client.subscribeAsync([...filters], { qos: 1 })),
    publish: (topic, payload) =>
      orLost(client.publishAsync(topic, typeof payload === 'string' ? payload : Buffer.from(payload), { qos: 1 })),
    onMessage: (listener) => {
      client.removeAllListeners('message');
      client.on('message', (topic, payload) => {
        listener(topic, payload.toString('utf8'));
      });
    },
    close: () => closeClient(client),
  };
};

// Politely, with DISCONNECT; but MQTT.js waits for acknowledgements before it says goodbye, and a server that went silent
// gives none, nor does one that is gone.
const closeClient = (client: MqttClient): Promise<void> =>
  new Promise((resolve) => {
    const stop = () => {
      client.stream.destroy();
      client.end(true);
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(stop, CLOSING_MS);
    if (client.stream.destroyed) stop();
    else client.end(false, stop);
  });
