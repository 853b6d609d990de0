import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  AttachPolicyCommand,
  CreateKeysAndCertificateCommand,
  CreatePolicyCommand,
  IoTClient,
  SetV2LoggingOptionsCommand,
  type SetV2LoggingOptionsCommandInput,
} from '@aws-sdk/client-iot';
import { connect, type IClientOptions, type MqttClient } from 'mqtt';
import { type LocalAws, startLocalAws } from '../../local/main.ts';

export interface ObservedDevice {
  readonly cert: string;
  readonly key: string;
  readonly certificateId: string;
  readonly certificateArn: string;
}

export interface Heard {
  readonly topic: string;
  readonly payload: string;
  readonly qos: number;
}

type Entry = Readonly<Record<string, unknown>>;

const everything = [{ Effect: 'Allow', Action: 'iot:*', Resource: '*' }];

const usualPolicy = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents', 'iot:Publish'], Resource: '*' },
  ],
};

const trusting = (Service: string): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }] });

const asEntry = (message: string): Entry => {
  const value: unknown = JSON.parse(message);
  return typeof value === 'object' && value !== null ? { ...value } : {};
};

/** A local AWS with clients of everything by which AWS IoT can be watched. */
export class ObservedWorld {
  readonly aws: LocalAws;
  readonly iot: IoTClient;
  readonly iam: IAMClient;
  readonly logs: CloudWatchLogsClient;
  readonly cloudWatch: CloudWatchClient;
  readonly #devices: MqttClient[] = [];
  #count = 0;

  private constructor(aws: LocalAws) {
    const { endpoint, credentials } = aws;
    const config = { endpoint, credentials, region: aws.account.region, maxAttempts: 1 };
    this.aws = aws;
    this.iot = new IoTClient(config);
    this.iam = new IAMClient(config);
    this.logs = new CloudWatchLogsClient(config);
    this.cloudWatch = new CloudWatchClient(config);
  }

  static async start(): Promise<ObservedWorld> {
    return new ObservedWorld(await startLocalAws({ iotSettings: { operationRates: 'off', brokerRates: 'off', policyCacheMs: 0 } }));
  }

  async stop(): Promise<void> {
    await Promise.all(this.#devices.map((device) => device.endAsync(true)));
    for (const client of [this.iot, this.iam, this.logs, this.cloudWatch]) client.destroy();
    await this.aws.stop();
  }

  unique(prefix = 'name'): string {
    this.#count += 1;
    return `${prefix}-${this.#count}`;
  }

  /** A role that a service may assume, with the permissions of a logging role and of a republishing rule unless others are given. */
  async role(service = 'iot.amazonaws.com', policy: object = usualPolicy): Promise<string> {
    const RoleName = this.unique('role');
    const { Role } = await this.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trusting(service) }));
    await this.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'logs', PolicyDocument: JSON.stringify(policy) }));
    return Role?.Arn ?? '';
  }

  /** An active certificate with one policy. */
  async device(statements: readonly object[] = everything): Promise<ObservedDevice> {
    const policyName = this.unique('policy');
    await this.iot.send(
      new CreatePolicyCommand({ policyName, policyDocument: JSON.stringify({ Version: '2012-10-17', Statement: statements }) }),
    );
    const made = await this.iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }));
    const { certificateId = '', certificateArn = '', certificatePem = '', keyPair } = made;
    await this.iot.send(new AttachPolicyCommand({ policyName, target: certificateArn }));
    return { certificateId, certificateArn, cert: certificatePem, key: keyPair?.PrivateKey ?? '' };
  }

  /** Rejects when the service hangs up or refuses. */
  connect(
    { cert, key }: Pick<ObservedDevice, 'cert' | 'key'>,
    clientId: string,
    options: Pick<IClientOptions, 'clean' | 'protocolVersion'> = {},
  ): Promise<MqttClient> {
    const { aws } = this;
    const client = connect({
      ...{ host: '127.0.0.1', port: aws.mqtt.port, protocol: 'mqtts', servername: aws.services.iot.dataEndpoint },
      ...{ cert, key, ca: aws.rootCa, clientId, protocolVersion: 4, reconnectPeriod: 0, ...options },
    });
    this.#devices.push(client);
    return new Promise((resolve, reject) => {
      client.once('connect', () => {
        resolve(client);
      });
      client.once('error', reject);
      client.once('close', () => {
        reject(new Error(`The connection of ${clientId} was closed.`));
      });
    });
  }

  /** Subscribes and remembers everything that arrives. */
  async listen(device: ObservedDevice, ...filters: readonly string[]): Promise<readonly Heard[]> {
    const heard: Heard[] = [];
    const client = await this.connect(device, this.unique('listener'));
    client.on('message', (topic, payload, { qos }) => heard.push({ topic, payload: payload.toString(), qos }));
    await client.subscribeAsync([...filters], { qos: 1 });
    return heard;
  }

  setLogging(options: SetV2LoggingOptionsCommandInput): Promise<unknown> {
    return this.iot.send(new SetV2LoggingOptionsCommand(options));
  }

  /** What stands in a log group about those fields; nothing if there is no such group. */
  async entries(fields: Entry, logGroupName = 'AWSIotLogsV2'): Promise<readonly Entry[]> {
    const found = await this.logs.send(new FilterLogEventsCommand({ logGroupName })).catch((error: unknown) => {
      if (error instanceof Error && error.name === 'ResourceNotFoundException') return { events: [] };
      throw error;
    });
    const entries = (found.events ?? []).map(({ message = '{}' }) => asEntry(message));
    return entries.filter((entry) => Object.entries(fields).every(([name, value]) => entry[name] === value));
  }

  /** The first of those entries, as soon as it is written. */
  async entry(fields: Entry, logGroupName?: string): Promise<Entry> {
    const [first] = await this.soon(
      () => this.entries(fields, logGroupName),
      (entries) => entries.length > 0,
    );
    return first ?? {};
  }

  /** Reads again until it is so; what is read last when it never comes true. */
  async soon<Value>(read: () => Value | Promise<Value>, isSo: (value: Value) => boolean): Promise<Value> {
    const deadline = Date.now() + 4000;
    for (;;) {
      const value = await read();
      if (isSo(value) || Date.now() > deadline) return value;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
