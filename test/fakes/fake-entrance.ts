import {
  type ConnectRequest,
  isCertificate,
  type MqttConnector,
  type MqttSession,
  MqttSessionError,
} from '../../device/mqtt/mqtt-session.ts';
import type { DeviceTime } from './device-time.ts';
import { readTestPassword } from './test-prover.ts';

/** How far the time of a proof may be off. */
export const WINDOW_MS = 300_000;
const TIME = '/time/';

/** How AWS IoT answers with an authorizer behind it that takes each proof once, as far as one device can tell. */
export class FakeEntrance implements MqttConnector {
  /** Names of keys that are good. */
  keys = new Set(['1']);
  /** How far the device's clock is behind that of the cloud. */
  behindMs = 0;
  isQuarantined = false;
  answersTime = true;
  /** Over MQTT 3.1.1 nothing is refused by an answer. */
  closes = false;
  /** Thrown by the next attempts to connect, in order. */
  failures: MqttSessionError[] = [];
  readonly connections: ConnectRequest[] = [];
  readonly counters: number[] = [];
  readonly granted: string[] = [];
  #newest = { at: 0, counter: 0 };
  readonly #time: DeviceTime;

  constructor(time: DeviceTime) {
    this.#time = time;
  }

  get now(): number {
    return this.#time.now() + this.behindMs;
  }

  async connect(request: ConnectRequest): Promise<MqttSession> {
    const failure = this.failures.shift();
    if (failure !== undefined) throw failure;
    this.connections.push(request);
    return Promise.resolve(this.#session(this.#judge(request)));
  }

  #judge({ identity }: ConnectRequest): boolean {
    if (isCertificate(identity)) throw this.#no();
    const { key, at, counter } = readTestPassword(identity.password);
    this.counters.push(counter);
    if (!this.keys.has(key)) throw this.#no();
    if (Math.abs(at - this.now) > WINDOW_MS) return false;
    if (at < this.#newest.at || (at === this.#newest.at && counter <= this.#newest.counter)) throw this.#no();
    this.#newest = { at, counter };
    return true;
  }

  #session(isFull: boolean): MqttSession {
    let listener: (topic: string, payload: string) => void = () => undefined;
    const may = (topic: string): boolean => !this.isQuarantined && (isFull || topic.includes(TIME));
    return {
      lost: new Promise(() => undefined),
      onMessage: (next) => {
        listener = next;
      },
      subscribe: async (filters) => {
        if (!filters.every(may)) throw this.#no();
        this.granted.push(...filters);
        return Promise.resolve();
      },
      publish: async (topic) => {
        if (!topic.endsWith('/time/ask')) return Promise.resolve();
        if (!this.answersTime) this.#fallSilent();
        else
          setImmediate(() => {
            listener(topic.replace(/ask$/, 'tell'), JSON.stringify({ now: this.now }));
          });
        return Promise.resolve();
      },
      close: async () => Promise.resolve(),
    };
  }

  #no(): MqttSessionError {
    return new MqttSessionError(this.closes ? 'lost' : 'refused', this.closes ? 'Closed without an answer.' : 'Not authorized.');
  }

  #fallSilent(): void {
    setImmediate(() => {
      this.#time.passLimits();
    });
  }
}
