import { IAMClient, AttachRolePolicyCommand, CreateRoleCommand } from '@aws-sdk/client-iam';
import {
  AttachPolicyCommand,
  CreateKeysAndCertificateCommand,
  CreatePolicyCommand,
  CreateProvisioningTemplateCommand,
  IoTClient,
} from '@aws-sdk/client-iot';
import { connect, type IClientOptions, type MqttClient } from 'mqtt';
import { type LocalAws, type LocalAwsOptions, startLocalAws } from '../../../local/main.ts';

const allowAll = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'iot:*', Resource: '*' }] });

const template = JSON.stringify({
  Parameters: { SerialNumber: { Type: 'String' } },
  Resources: {
    thing: { Type: 'AWS::IoT::Thing', Properties: { ThingName: { Ref: 'SerialNumber' } } },
    certificate: { Type: 'AWS::IoT::Certificate', Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' }, Status: 'ACTIVE' } },
  },
});

export interface Identity {
  readonly certificateId: string;
  readonly certificateArn: string;
  readonly cert: string;
  readonly key: string;
}

export interface ControlReply {
  readonly status: number;
  readonly body: unknown;
}

/** A local AWS of a test's own, with what programs do to it: SDK calls, MQTT connections, control requests. */
export class RunningAws {
  readonly aws: LocalAws;
  readonly #clients = new Set<MqttClient>();

  private constructor(aws: LocalAws) {
    this.aws = aws;
  }

  static async start(options: LocalAwsOptions = {}): Promise<RunningAws> {
    return new RunningAws(await startLocalAws(options));
  }

  get config() {
    const { endpoint, account, credentials } = this.aws;
    return { endpoint, region: account.region, credentials, maxAttempts: 1, forcePathStyle: true };
  }

  async control(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<ControlReply> {
    const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
    const response = await fetch(`${this.aws.endpoint}/_local${path}`, { method, headers, ...sent });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
  }

  /** An active certificate whose policy allows everything. */
  async identity(policyName = 'everything'): Promise<Identity> {
    const iot = new IoTClient(this.config);
    await iot.send(new CreatePolicyCommand({ policyName, policyDocument: allowAll })).catch(() => undefined);
    const made = await iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }));
    const { certificateId = '', certificateArn = '', certificatePem: cert = '', keyPair: { PrivateKey: key = '' } = {} } = made;
    await iot.send(new AttachPolicyCommand({ policyName, target: certificateArn }));
    return { certificateId, certificateArn, cert, key };
  }

  async connect({ cert, key }: Identity, options: IClientOptions = {}): Promise<MqttClient> {
    const { mqtt, rootCa, services } = this.aws;
    const wire: IClientOptions = {
      ...{ protocol: 'mqtts', host: '127.0.0.1', port: mqtt.port, servername: services.iot.dataEndpoint },
      ...{ ca: rootCa, cert, key, reconnectPeriod: 0, connectTimeout: 5000, keepalive: 1200, protocolVersion: 5, ...options },
    };
    const client = connect(wire);
    client.on('error', () => undefined);
    this.#clients.add(client);
    await new Promise<void>((resolve, reject) => {
      client.once('connect', () => {
        resolve();
      });
      client.once('close', () => {
        reject(new Error('The connection was closed.'));
      });
    });
    return client;
  }

  /** A template by which a claim may register things that are named by their serial number. */
  async provisioningTemplate(templateName: string): Promise<void> {
    const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'iot.amazonaws.com' } };
    const iam = new IAMClient(this.config);
    const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
    const { Role } = await iam.send(new CreateRoleCommand({ RoleName: `${templateName}-role`, AssumeRolePolicyDocument }));
    const PolicyArn = 'arn:aws:iam::aws:policy/service-role/AWSIoTThingsRegistration';
    await iam.send(new AttachRolePolicyCommand({ RoleName: `${templateName}-role`, PolicyArn }));
    const made = { templateName, templateBody: template, provisioningRoleArn: Role?.Arn ?? '', enabled: true };
    await new IoTClient(this.config).send(new CreateProvisioningTemplateCommand(made));
  }

  async stop(): Promise<void> {
    for (const client of this.#clients) client.end(true);
    await this.aws.stop();
  }
}

/** The next message on a topic. */
export const nextMessage = (client: MqttClient, wanted: string): Promise<unknown> =>
  new Promise((resolve) => {
    client.on('message', (topic, payload) => {
      if (topic === wanted) resolve(JSON.parse(payload.toString()));
    });
  });

/** Whether something comes within a moment. */
export const comesSoon = async (awaited: Promise<unknown>, withinMs = 300): Promise<boolean> => {
  const tooLate = new Promise<false>((resolve) => void setTimeout(resolve, withinMs, false));
  return Promise.race([awaited.then(() => true), tooLate]);
};
