import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileCredentialSource } from '../../../device/connection/credential-file.ts';
import { type DeviceClock, systemClock } from '../../../device/clock.ts';
import { openFileConnectionStore } from '../../../device/connection/file-connection-store.ts';
import type { MqttVersion } from '../../../device/mqtt/mqtt-session.ts';
import { createMqttConnector } from '../../../device/mqtt/mqttjs-connector.ts';
import type { Progress } from '../../../device/onboarding/onboarding.ts';
import { Outbox } from '../../../device/staying/outbox.ts';
import { type StayEnd, type StayPorts, type StaySettings, stay } from '../../../device/staying/stay.ts';
import type { ManualClock } from '../../../local/manual-clock.ts';
import { AuthorizerWorld } from '../../conformance/authorizer-world.ts';
import { testProver } from '../../fakes/test-prover.ts';

const own = 'muster/things/muster:meter:SN-1';
export const topics = { commands: `${own}/commands/all`, reports: `${own}/reports` };

/** Lets in whoever shows a proof that nobody showed before, and ends the session after that many seconds. */
const freshProofs = (seconds: number): string => `
  const shown = event.protocolData.mqtt.password;
  const seen = (globalThis.seen ??= new Set());
  if (event.protocolData.mqtt.clientId !== 'backend' && seen.has(shown)) return { isAuthenticated: false };
  seen.add(shown);
  return { ...admission, disconnectAfterInSeconds: event.protocolData.mqtt.clientId === 'backend' ? 86400 : ${seconds} };`;

const deviceClock = (clock: ManualClock): DeviceClock => ({
  now: () => clock.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const timer = clock.setTimer(resolve, ms);
      signal?.addEventListener('abort', () => {
        timer.cancel();
        resolve();
      });
    }),
});

export interface Life {
  readonly version: MqttVersion;
  /** After how many seconds AWS IoT ends a session. */
  readonly sessionSeconds: number;
  /** How long the device's proofs last, where it knows. */
  readonly proofMs?: number;
  readonly subscribe?: readonly string[];
}

/** A device that stays connected to a local AWS whose time moves when told to, beside somebody who talks with it. */
export class StayingWorld {
  readonly #world: AuthorizerWorld;
  readonly #stop = new AbortController();
  readonly received: string[] = [];
  readonly arrived: string[] = [];
  readonly givenUp: string[] = [];
  readonly progress: Progress[] = [];
  #directory = '';
  #authorizerName = '';
  #outbox: Outbox | undefined;
  #ended: Promise<StayEnd> | undefined;
  #talk: ((text: string) => Promise<void>) | undefined;

  private constructor(world: AuthorizerWorld) {
    this.#world = world;
  }

  static async start(life: Life): Promise<StayingWorld> {
    const staying = new StayingWorld(await AuthorizerWorld.start());
    staying.#directory = await mkdtemp(join(tmpdir(), 'muster-staying-'));
    staying.#authorizerName = (await staying.#world.authorizer(freshProofs(life.sessionSeconds))).authorizerName;
    await staying.give('1');
    await staying.#listen();
    await staying.#stay(life);
    return staying;
  }

  get #file(): string {
    return join(this.#directory, 'credential.json');
  }

  /** How often the device connected. */
  get connections(): number {
    return this.progress.filter(({ step }) => step === 'connected').length;
  }

  /** Why AWS IoT says that the device's connections ended, each reason once. */
  get disconnectReasons(): readonly unknown[] {
    const ofDevice = this.#world.log.filter((entry) => entry.eventType === 'Disconnect' && entry['clientId'] === 'muster:meter:SN-1');
    return [...new Set(ofDevice.map((entry) => entry['disconnectReason']))];
  }

  give(...keys: readonly string[]): Promise<void> {
    const file = { schemaVersion: 1, approach: 'test', thingName: 'muster:meter:SN-1', authorizer: this.#authorizerName };
    const endpoint = `127.0.0.1:${this.#world.aws.mqtt.customAuthPort}`;
    return writeFile(this.#file, JSON.stringify({ ...file, endpoint, secret: { keys } }), { mode: 0o600 });
  }

  report(text: string, topic = topics.reports): void {
    this.#outbox?.put({ topic, payload: text });
  }

  async command(text: string): Promise<void> {
    await this.#talk?.(text);
  }

  advance(ms: number): void {
    this.#world.clock.advance(ms);
  }

  /** Resolves when it is so; a little time passes meanwhile. */
  async until(isSo: () => boolean): Promise<void> {
    for (let rounds = 0; !isSo(); rounds += 1) {
      if (rounds > 500) throw new Error(`It did not come to that. ${JSON.stringify(this.progress.slice(-5))}`);
      await systemClock.sleep(10);
      this.#world.clock.advance(100);
    }
  }

  async leave(): Promise<StayEnd | undefined> {
    this.#stop.abort('the test is over');
    return this.#ended;
  }

  async close(): Promise<void> {
    await this.leave();
    await this.#world.stop();
    await rm(this.#directory, { recursive: true });
  }

  #connectorOf(version: MqttVersion) {
    const { aws } = this.#world;
    const trust = { roots: [aws.rootCa], serverName: aws.services.iot.dataEndpoint };
    return createMqttConnector({ clock: systemClock, trust, version, timeoutMs: 5_000 });
  }

  async #listen(): Promise<void> {
    const session = await this.#connectorOf('5').connect({
      endpoint: { host: '127.0.0.1', port: this.#world.aws.mqtt.customAuthPort },
      clientId: 'backend',
      identity: { username: `backend?x-amz-customauthorizer-name=${this.#authorizerName}`, password: 'backend' },
    });
    session.onMessage((_, payload) => this.arrived.push(payload));
    await session.subscribe([topics.reports]);
    this.#talk = (text) => session.publish(topics.commands, text);
  }

  async #stay({ version, proofMs, subscribe = [] }: Life): Promise<void> {
    const clock = deviceClock(this.#world.clock);
    const refused = ({ payload }: { payload: string | Uint8Array }) => this.givenUp.push(String(payload));
    this.#outbox = new Outbox({ clock, random: () => 0.5, atOnce: version === '5' ? 20 : 1, refused });
    const ports: StayPorts = {
      credentials: createFileCredentialSource(this.#file),
      store: await openFileConnectionStore(join(this.#directory, 'state')),
      proverOf: () => ({ ...testProver(proofMs), needsClock: false }),
      connector: this.#connectorOf(version),
      clock,
      random: { fraction: () => 0.5, bytes: (count) => Buffer.alloc(count, 7) },
      fetch: globalThis.fetch,
      notify: (step) => this.progress.push(step),
      outbox: this.#outbox,
      deliver: ({ payload }) => {
        this.received.push(Buffer.from(payload).toString());
        return Promise.resolve();
      },
      stop: this.#stop.signal,
    };
    const settings: StaySettings = {
      ...{ answerMs: 5_000, timeoutMs: 60_000, keepsSeconds: 3_600, subscribe, isToldByClosing: version === '3.1.1' },
      serverName: this.#world.aws.services.iot.dataEndpoint,
    };
    this.#ended = stay(settings, ports);
    await this.until(() => this.connections > 0);
  }
}
