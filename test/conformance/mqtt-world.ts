import {
  AttachPolicyCommand,
  CreateKeysAndCertificateCommand,
  CreatePolicyCommand,
  DetachPolicyCommand,
  IoTClient,
} from '@aws-sdk/client-iot';
import { X509Certificate } from 'node:crypto';
import type { IConnectPacket } from 'mqtt-packet';
import type { ConnectionOptions } from 'node:tls';

import { type LocalAws, type LocalAwsOptions, startLocalAws } from '../../local/main.ts';
import { ManualClock } from '../../local/manual-clock.ts';
import { RawClient } from '../local/iot/broker/raw-client.ts';
import type { Identity } from '../local/iot/broker/test-certificates.ts';

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string;
  readonly Resource: string | readonly string[];
  readonly Condition?: object;
}

/** What a device of these suites may do: everything but what begins with `denied`. */
const statements: readonly Statement[] = [
  { Effect: 'Allow', Action: 'iot:*', Resource: '*' },
  { Effect: 'Deny', Action: 'iot:Connect', Resource: 'arn:aws:iot:us-east-1:123456789012:client/denied*' },
  { Effect: 'Deny', Action: 'iot:Publish', Resource: 'arn:aws:iot:us-east-1:123456789012:topic/denied*' },
  {
    Effect: 'Deny',
    Action: 'iot:Subscribe',
    Resource: ['arn:aws:iot:us-east-1:123456789012:topicfilter/denied*', 'arn:aws:iot:us-east-1:123456789012:topicfilter/$share/denied/*'],
  },
  { Effect: 'Deny', Action: 'iot:Receive', Resource: 'arn:aws:iot:us-east-1:123456789012:topic/unheard*' },
  { Effect: 'Deny', Action: 'iot:RetainPublish', Resource: 'arn:aws:iot:us-east-1:123456789012:topic/fleeting*' },
];

export interface Device extends Identity {
  readonly certificateId: string;
}

/** A local AWS under a frozen clock, with devices that speak raw MQTT. */
export class MqttWorld {
  readonly clock: ManualClock;
  readonly aws: LocalAws;
  readonly iot: IoTClient;
  readonly #clients: RawClient[] = [];
  #device: Device | undefined;
  #names = 0;

  private constructor(aws: LocalAws, clock: ManualClock) {
    this.aws = aws;
    this.clock = clock;
    this.iot = new IoTClient({ endpoint: aws.endpoint, region: aws.account.region, credentials: aws.credentials });
  }

  static async start(options: Omit<LocalAwsOptions, 'clock'> = {}): Promise<MqttWorld> {
    const clock = new ManualClock(Date.now());
    const world = new MqttWorld(await startLocalAws({ ...options, clock }), clock);
    world.#device = await world.register(statements);
    return world;
  }

  async stop(): Promise<void> {
    for (const client of this.#clients) client.cut();
    this.iot.destroy();
    await this.aws.stop();
  }

  /** A certificate with a policy of its own. */
  async register(policy: readonly Statement[]): Promise<Device> {
    const made = await this.iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }));
    const { certificateArn, certificatePem, certificateId, keyPair } = made;
    if (certificatePem === undefined || keyPair?.PrivateKey === undefined || certificateId === undefined) throw new Error('no certificate');
    const policyName = `policy-${certificateId}`;
    const policyDocument = JSON.stringify({ Version: '2012-10-17', Statement: policy });
    await this.iot.send(new CreatePolicyCommand({ policyName, policyDocument }));
    await this.iot.send(new AttachPolicyCommand({ policyName, target: certificateArn }));
    return { key: keyPair.PrivateKey, cert: certificatePem, der: new X509Certificate(certificatePem).raw, certificateId };
  }

  /** From now on the certificate may do nothing, once AWS has noticed. */
  async forbid({ certificateId }: Device): Promise<void> {
    const target = `arn:aws:iot:${this.aws.account.region}:${this.aws.account.accountId}:cert/${certificateId}`;
    await this.iot.send(new DetachPolicyCommand({ policyName: `policy-${certificateId}`, target }));
  }

  /** A client id, or a topic, that nobody had before. */
  unique(): string {
    this.#names += 1;
    return `name-${this.#names}`;
  }

  /** After the TLS handshake. */
  async open(version: 4 | 5, device = this.#device, tls: ConnectionOptions = {}): Promise<RawClient> {
    const client = await RawClient.open({ port: this.aws.mqtt.port, identity: device, rootCa: this.aws.rootCa, version, tls });
    this.#clients.push(client);
    return client;
  }

  /** After CONNACK, under a client id of its own unless it is given. */
  async enter(version: 4 | 5, connect: Partial<IConnectPacket> = {}): Promise<RawClient> {
    const client = await this.open(version);
    return client.enter({ clientId: this.unique(), ...connect });
  }

  /** What the server answers to one packet, up to the end of the connection if it ends. */
  async answers(client: RawClient, act: () => void): Promise<Answers> {
    const before = client.received.length;
    act();
    const end = await Promise.race([client.closed.then(() => 'closed' as const), client.settle().then(() => 'open' as const)]).catch(
      () => 'closed' as const,
    );
    return { end, packets: client.received.slice(before).filter(({ cmd }) => cmd !== 'pingresp') };
  }

  /** Waits for something that comes over a socket. */
  async until(isSo: () => boolean): Promise<void> {
    const deadline = Date.now() + 4000;
    while (!isSo()) {
      if (Date.now() > deadline) throw new Error(`did not come true: ${isSo.toString()}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

export interface Answers {
  readonly end: 'closed' | 'open';
  readonly packets: RawClient['received'];
}
