import type { DeviceClock } from '../clock.ts';
import { type ConnectRequest, isCertificate, type MqttConnector, type MqttSession, type MqttVersion } from './mqtt-session.ts';
import { openSession } from './mqttjs-session.ts';
import { openTls, type ServerTrust } from './tls-connection.ts';

export interface ConnectorSettings {
  readonly clock: DeviceClock;
  readonly trust: ServerTrust;
  readonly version: MqttVersion;
  /** For TLS and CONNECT together. */
  readonly timeoutMs: number;
}

/** Connects with MQTT.js over `node:tls`. */
export const createMqttConnector = (settings: ConnectorSettings): MqttConnector => ({
  connect: async (request) => {
    const connected = new AbortController();
    const timeLimit = new AbortController();
    void settings.clock.sleep(settings.timeoutMs, connected.signal).then(() => {
      // Whoever listens makes an error of it, which nobody would read once there is a connection.
      if (!connected.signal.aborted) timeLimit.abort('timed out');
    });
    try {
      return await open(settings, request, timeLimit.signal);
    } finally {
      connected.abort('connected');
    }
  },
});

const open = async ({ trust, version }: ConnectorSettings, request: ConnectRequest, signal: AbortSignal): Promise<MqttSession> => {
  const { endpoint, identity, clientId, session } = request;
  const socket = await openTls({ ...trust, endpoint, identity, signal });
  return openSession(socket, {
    ...{ clientId, version, signal },
    ...(isCertificate(identity) ? {} : { password: identity }),
    ...(session === undefined ? {} : { session }),
  });
};
