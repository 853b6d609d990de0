import type { Account } from '../../../../local/account.ts';
import { type BehaviourCapture, createBehaviour } from '../../../../local/iot/behaviour/behaviour.ts';
import { createMessageBroker, type RunningBroker } from '../../../../local/iot/broker/message-broker.ts';
import type { BrokerSettings } from '../../../../local/iot/broker/settings.ts';
import { createDeviceEndpoint, type DeviceEndpoint, type DeviceEndpointSettings } from '../../../../local/iot/endpoint/device-endpoint.ts';
import type { IotConnection, IotMessage, ReservedTopicService } from '../../../../local/iot/connection.ts';
import type { IotLogEntry } from '../../../../local/iot/events/iot-log.ts';
import { ManualClock } from '../../../../local/manual-clock.ts';
import { FakeDirectory } from './fake-directory.ts';
import { RawClient, type RawOptions } from './raw-client.ts';
import { ScriptedAuthorizer } from './scripted-authorizer.ts';
import { type Identity, makeClientIdentity, makeServerIdentity } from './test-certificates.ts';

export const endpoint = 'a1b2c3d4e5f6g7-ats.iot.eu-west-1.amazonaws.com';
export const startMs = Date.UTC(2026, 0, 1);
const account: Account = { accountId: '123456789012', region: 'eu-west-1', partition: 'aws' };

/** Made once: every broker of a suite shows the same server certificate. */
const serverIdentity = makeServerIdentity(endpoint);

const parseEvent = (payload: string): Record<string, unknown> => {
  const event: unknown = JSON.parse(payload);
  if (typeof event !== 'object' || event === null) throw new Error(`an event is an object, not ${payload}`);
  return { ...event };
};

export interface Seen {
  readonly topic: string;
  readonly payload: string;
  readonly publisher: string | undefined;
}

type TestSettings = Partial<BrokerSettings> & DeviceEndpointSettings & { readonly capture?: BehaviourCapture };

/** A broker on free ports with a frozen clock, one registered device, and everything that it says recorded. */
export class TestBroker {
  readonly clock = new ManualClock(startMs);
  readonly directory = new FakeDirectory();
  readonly authorizer = new ScriptedAuthorizer();
  readonly reservedTopics: ReservedTopicService[] = [];
  readonly seen: Seen[] = [];
  readonly logs: IotLogEntry[] = [];
  readonly server: Identity & { readonly rootCa: string };
  readonly device: Identity;
  readonly certificateId: string;
  readonly running: RunningBroker;
  readonly #listeners: DeviceEndpoint;
  mqttPort = 0;
  alpnPort = 0;
  httpsPort = 0;
  readonly #clients: RawClient[] = [];

  private constructor(server: Identity & { readonly rootCa: string }, device: Identity, { capture, ...settings }: TestSettings) {
    this.server = server;
    this.device = device;
    this.certificateId = this.directory.register(device.der);
    this.running = createMessageBroker({
      account,
      clock: this.clock,
      directory: this.directory,
      authorizer: this.authorizer,
      reservedTopics: this.reservedTopics,
      observers: [{ observe: this.#observe }],
      log: (entry) => this.logs.push(entry),
      // Under a frozen clock nothing is ever a second apart.
      settings: { brokerRates: 'off', ...settings },
      behaviour: createBehaviour(capture),
    });
    this.#listeners = createDeviceEndpoint({
      credentials: { privateKey: server.key, certificate: server.cert },
      tenants: [{ isEndpoint: (serverName) => serverName === endpoint, securityPolicies: () => new Map(), accept: this.#accept }],
      settings,
    });
  }

  static async start(settings: TestSettings = {}): Promise<TestBroker> {
    const broker = new TestBroker(await serverIdentity, await makeClientIdentity(), settings);
    Object.assign(broker, await broker.#listeners.listen());
    return broker;
  }

  async stop(): Promise<void> {
    for (const client of this.#clients) client.cut();
    this.running.close();
    await this.#listeners.close();
  }

  /** A raw client after the TLS handshake. */
  async open(version: 4 | 5 = 4, options: Partial<RawOptions> = {}): Promise<RawClient> {
    const client = await RawClient.open({ port: this.mqttPort, identity: this.device, rootCa: this.server.rootCa, version, ...options });
    this.#clients.push(client);
    return client;
  }

  /** Events on the lifecycle topics, parsed, oldest first. */
  events(kind: string): readonly Record<string, unknown>[] {
    return this.seen.filter(({ topic }) => topic.startsWith(`$aws/events/${kind}`)).map(({ payload }) => parseEvent(payload));
  }

  /** Waits for something that comes over a socket. */
  async until(isSo: () => boolean): Promise<void> {
    const deadline = Date.now() + 4000;
    while (!isSo()) {
      if (Date.now() > deadline) throw new Error(`did not come true: ${isSo.toString()}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  readonly #accept: RunningBroker['accept'] = (socket, port) => {
    this.running.accept(socket, port);
  };

  readonly #observe = (message: IotMessage, publisher: IotConnection | undefined): void => {
    this.seen.push({ topic: message.topic, payload: message.payload.toString(), publisher: publisher?.clientId });
  };
}
