import { CreateRoleCommand, AttachRolePolicyCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  AttachPolicyCommand,
  CreateKeysAndCertificateCommand,
  CreatePolicyCommand,
  DescribeCertificateCommand,
  IoTClient,
  RegisterCACertificateCommand,
  type RegisterCACertificateCommandInput,
} from '@aws-sdk/client-iot';
import type { MqttClient } from 'mqtt';

import type { IotLogEntry } from '../../local/iot/events/iot-log.ts';
import { type LocalAws, type LocalAwsOptions, startLocalAws } from '../../local/main.ts';
import { ManualClock } from '../../local/manual-clock.ts';
import { type CertificateWishes, makeAuthority, type TestAuthority } from '../local/iot/own-ca/test-authority.ts';
import { connectDevice } from './device-connections.ts';

export interface SeenMessage {
  readonly topic: string;
  readonly qos: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const serviceTrust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'iot.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

const everything = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'iot:*', Resource: '*' }] });

/** Waits in real time for what the service does in its own. */
export const eventually = async <Value>(find: () => Promise<Value | undefined> | Value | undefined): Promise<Value> => {
  for (const end = Date.now() + 5000; Date.now() < end; ) {
    const found = await find();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('It did not happen within five seconds.');
};

/** A local AWS under a frozen clock, somebody who watches its messages, and authorities whose certificates register themselves. */
export class JustInTimeWorld {
  readonly log: IotLogEntry[] = [];
  readonly messages: SeenMessage[] = [];
  readonly aws: LocalAws;
  readonly clock: ManualClock;
  readonly iot: IoTClient;
  readonly #iam: IAMClient;
  #watcher: MqttClient | undefined;

  private constructor(aws: LocalAws, clock: ManualClock, log: IotLogEntry[]) {
    const config = { endpoint: aws.endpoint, region: aws.account.region, credentials: aws.credentials };
    this.aws = aws;
    this.clock = clock;
    this.log = log;
    this.iot = new IoTClient(config);
    this.#iam = new IAMClient(config);
  }

  static async start(iotSettings: LocalAwsOptions['iotSettings'] = { operationRates: 'off' }): Promise<JustInTimeWorld> {
    const clock = new ManualClock(Date.now());
    const log: IotLogEntry[] = [];
    const world = new JustInTimeWorld(await startLocalAws({ clock, iotSettings, iotLog: (entry) => log.push(entry) }), clock, log);
    await world.iot.send(new CreatePolicyCommand({ policyName: 'everything', policyDocument: everything }));
    await world.#watch();
    return world;
  }

  async stop(): Promise<void> {
    await this.#watcher?.endAsync(true);
    this.iot.destroy();
    this.#iam.destroy();
    await this.aws.stop();
  }

  /** Attaches a policy that allows everything. */
  async allow(certificateId: string): Promise<void> {
    const target = `arn:aws:iot:${this.aws.account.region}:${this.aws.account.accountId}:cert/${certificateId}`;
    await this.iot.send(new AttachPolicyCommand({ policyName: 'everything', target }));
  }

  /** A registered, active authority with auto registration. */
  async authority(input: Partial<RegisterCACertificateCommandInput> = {}, wishes: CertificateWishes = {}): Promise<TestAuthority> {
    const authority = await makeAuthority(wishes);
    await this.iot.send(
      new RegisterCACertificateCommand({
        ...{ caCertificate: authority.cert, certificateMode: 'SNI_ONLY', setAsActive: true, allowAutoRegistration: true },
        ...input,
      }),
    );
    return authority;
  }

  async statusOf(certificateId: string): Promise<string | undefined> {
    try {
      const { certificateDescription } = await this.iot.send(new DescribeCertificateCommand({ certificateId }));
      return certificateDescription?.status;
    } catch (error) {
      if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
      throw error;
    }
  }

  /** A role that AWS IoT may assume, with the managed policy for registering things, or none. */
  async role(roleName: string, policy: 'registers-things' | 'publishes' | 'nothing' = 'registers-things'): Promise<string> {
    const { Role } = await this.#iam.send(new CreateRoleCommand({ RoleName: roleName, AssumeRolePolicyDocument: serviceTrust }));
    const PolicyArn = 'arn:aws:iam::aws:policy/service-role/AWSIoTThingsRegistration';
    if (policy === 'registers-things') await this.#iam.send(new AttachRolePolicyCommand({ RoleName: roleName, PolicyArn }));
    if (policy === 'publishes') {
      const PolicyDocument = everything.replace('iot:*', 'iot:Publish');
      await this.#iam.send(new PutRolePolicyCommand({ RoleName: roleName, PolicyName: 'publish', PolicyDocument }));
    }
    return Role?.Arn ?? '';
  }

  /** Messages about certificates of that authority, so far. */
  announcements(caCertificateId: string): readonly SeenMessage[] {
    return this.messages.filter(({ topic }) => topic === `$aws/events/certificates/registered/${caCertificateId}`);
  }

  /** What the service has published reaches the watcher before what the watcher publishes to itself now. */
  async settled(): Promise<void> {
    const mark = `mark/${this.messages.length}/${Math.random()}`;
    await this.#watcher?.publishAsync(mark, '{}', { qos: 1 });
    await eventually(() => this.messages.find(({ topic }) => topic === mark));
  }

  async #watch(): Promise<void> {
    const {
      certificateId = '',
      certificatePem = '',
      keyPair,
    } = await this.iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }));
    await this.allow(certificateId);
    const watcher = await connectDevice(this.aws, { cert: certificatePem, key: keyPair?.PrivateKey ?? '' }, { clientId: 'watcher' });
    watcher.on('message', (topic, payload, { qos }) => {
      this.messages.push({ topic, qos, body: JSON.parse(payload.toString()) as SeenMessage['body'] });
    });
    await watcher.subscribeAsync(['$aws/events/certificates/registered/+', 'seen/#', 'mark/#'], { qos: 1 });
    this.#watcher = watcher;
  }
}
