import { decode, encode } from 'cborg';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import type { LocalAws } from '../../local/main.ts';
import type { DeviceCredentials } from './device-connections.ts';

export type PayloadFormat = 'json' | 'cbor';

export type AnswerBody = Readonly<Record<string, unknown>>;

/** One message on an `accepted` or `rejected` topic. */
export interface ProvisioningAnswer {
  readonly result: string;
  readonly topic: string;
  readonly qos: number;
  readonly body: AnswerBody;
}

const patienceMs = 8000;

const inTime = async <Value>(what: string, promise: Promise<Value>): Promise<Value> => {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(new Error(`There was no ${what} within ${patienceMs} ms.`));
  }, patienceMs);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
};

const isBody = (value: unknown): value is AnswerBody => typeof value === 'object' && value !== null;

const bytesOf = (payload: unknown, format: PayloadFormat): Buffer => {
  if (Buffer.isBuffer(payload)) return payload;
  return format === 'cbor' ? Buffer.from(encode(payload)) : Buffer.from(JSON.stringify(payload));
};

export const topics = {
  keys: '$aws/certificates/create',
  csr: '$aws/certificates/create-from-csr',
  template: (templateName: string) => `$aws/provisioning-templates/${templateName}/provision`,
};

/** A device that speaks the fleet provisioning MQTT API by MQTT.js, exactly as the developer guide tells it. */
export class ProvisioningDevice {
  readonly mqtt: MqttClient;
  readonly answers: ProvisioningAnswer[] = [];
  readonly #waiting: ((answer: ProvisioningAnswer) => void)[] = [];

  private constructor(mqtt: MqttClient) {
    this.mqtt = mqtt;
    mqtt.on('message', (topic, payload, { qos }) => {
      const body: unknown = topic.includes('/cbor/') ? decode(payload) : JSON.parse(payload.toString());
      const answer = { topic, qos, result: topic.split('/').at(-1) ?? '', body: isBody(body) ? body : {} };
      this.answers.push(answer);
      this.#waiting.shift()?.(answer);
    });
  }

  static async connect(
    aws: LocalAws,
    credentials: DeviceCredentials,
    { clientId, protocolVersion = 5 }: { readonly clientId: string; readonly protocolVersion?: 4 | 5 },
  ): Promise<ProvisioningDevice> {
    return ProvisioningDevice.#open(aws, aws.mqtt.port, { ...credentials, clientId, protocolVersion });
  }

  /** Let in by a custom authorizer, which the user name asks for. */
  static connectAs(aws: LocalAws, username: string, clientId: string): Promise<ProvisioningDevice> {
    return ProvisioningDevice.#open(aws, aws.mqtt.customAuthPort, { username, clientId, protocolVersion: 5, ALPNProtocols: ['mqtt'] });
  }

  static async #open(aws: LocalAws, port: number, options: IClientOptions): Promise<ProvisioningDevice> {
    const mqtt = await connectAsync(
      // With options alone, MQTT.js would take `false` for them and wait for ever when the service hangs up.
      `mqtts://127.0.0.1:${port}`,
      {
        ...{ servername: aws.services.iot.dataEndpoint, ca: aws.rootCa },
        // The longest that AWS IoT allows: these suites let minutes pass at once.
        ...{ ...options, reconnectPeriod: 0, connectTimeout: 5000, keepalive: 1200 },
      },
      false,
    );
    mqtt.on('error', () => undefined);
    return new ProvisioningDevice(mqtt);
  }

  /** Subscribes to the answers, publishes, and waits for one answer. */
  async request(topic: string, payload: unknown, format: PayloadFormat = 'json'): Promise<ProvisioningAnswer> {
    await this.mqtt.subscribeAsync([`${topic}/${format}/accepted`, `${topic}/${format}/rejected`], { qos: 1 });
    return this.ask(topic, payload, format);
  }

  /** Publishes and waits for one answer. */
  async ask(topic: string, payload: unknown, format: PayloadFormat = 'json'): Promise<ProvisioningAnswer> {
    const { promise, resolve } = Promise.withResolvers<ProvisioningAnswer>();
    this.#waiting.push(resolve);
    await this.mqtt.publishAsync(`${topic}/${format}`, bytesOf(payload, format), { qos: 1 });
    return inTime(`answer to ${topic}/${format}`, promise);
  }

  /** Resolves when the service hangs up. */
  async ended(): Promise<void> {
    if (!this.mqtt.connected) return;
    const { promise, resolve } = Promise.withResolvers<true>();
    this.mqtt.once('close', () => {
      resolve(true);
    });
    await inTime('end of the connection', promise);
  }

  async close(): Promise<void> {
    await this.mqtt.endAsync(true);
  }
}
