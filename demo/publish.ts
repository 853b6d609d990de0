import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { createMqttConnector } from '../device/mqtt/mqttjs-connector.ts';
import type { MqttSession } from '../device/mqtt/mqtt-session.ts';
import { systemClock } from '../device/clock.ts';
import { parseEndpoint } from '../device/mqtt/endpoint.ts';
import type { Fleet, OnboardedDevice } from './fleet.ts';

const CONNECT_MS = 10_000;

/** AWS IoT lets a client id connect once a second, and the device has just connected to prove its credential. */
const BETWEEN_CONNECTS_MS = 1000;

/** Connects as an onboarded device, with the files that its onboarding left. */
export const connectDevice = async ({ rootCa, endpoint }: Fleet, { result }: OnboardedDevice): Promise<MqttSession> => {
  const { certificate, privateKey } = result['credential'] as { readonly certificate: string; readonly privateKey: string };
  const connector = createMqttConnector({
    clock: systemClock,
    trust: { roots: [await readFile(rootCa, 'utf8')] },
    version: '3.1.1',
    timeoutMs: CONNECT_MS,
  });
  const parsed = parseEndpoint(endpoint);
  if (parsed === undefined) throw new Error(`"${endpoint}" is no endpoint; expected host:port`);
  await sleep(BETWEEN_CONNECTS_MS);
  return connector.connect({
    endpoint: parsed,
    clientId: String(result['thingName']),
    identity: { certificatePem: await readFile(certificate, 'utf8'), privateKeyPem: await readFile(privateKey, 'utf8') },
  });
};

/** Publishes one message to itself and resolves with what came back. */
export const echo = async (session: MqttSession, topic: string): Promise<string> => {
  const received = Promise.withResolvers<string>();
  session.onMessage((_topic, payload) => {
    received.resolve(payload);
  });
  await session.subscribe([topic]);
  await session.publish(topic, 'hello');
  return received.promise;
};

/** Publishes where it may not, and resolves with what became of the connection. */
export const publishWhereForbidden = async (session: MqttSession, topic: string): Promise<'refused' | 'delivered'> =>
  session.publish(topic, 'I am somebody else').then(
    () => 'delivered' as const,
    () => 'refused' as const,
  );

/** Subscribes where it may not, and resolves with what became of it. */
export const subscribeWhereForbidden = async (session: MqttSession, topic: string): Promise<'refused' | 'granted'> =>
  session.subscribe([topic]).then(
    () => 'granted' as const,
    () => 'refused' as const,
  );
