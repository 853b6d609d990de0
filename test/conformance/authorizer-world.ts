import { generateKeyPairSync, type KeyObject, sign, X509Certificate } from 'node:crypto';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  AttachPolicyCommand,
  ClearDefaultAuthorizerCommand,
  CreateAuthorizerCommand,
  type CreateAuthorizerCommandInput,
  CreateDomainConfigurationCommand,
  type CreateDomainConfigurationCommandInput,
  CreateKeysAndCertificateCommand,
  CreatePolicyCommand,
  DescribeDomainConfigurationCommand,
  IoTClient,
  SetDefaultAuthorizerCommand,
  UpdateAuthorizerCommand,
} from '@aws-sdk/client-iot';
import { AddPermissionCommand, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { strToU8, zipSync } from 'fflate';

import type { IotLogEntry } from '../../local/iot/events/iot-log.ts';
import { type LocalAws, type LocalAwsOptions, startLocalAws } from '../../local/main.ts';
import { ManualClock } from '../../local/manual-clock.ts';
import { RawClient, type RawOptions } from '../local/iot/broker/raw-client.ts';
import { type Identity, makeClientIdentity } from '../local/iot/broker/test-certificates.ts';
import { eventually } from './just-in-time-world.ts';
import type { Credentials } from './web-client.ts';

const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'iot:*', Resource: '*' }] };

/** What the functions of these suites answer when they let a client in and nothing else is asked of them. */
export const admission = { isAuthenticated: true, principalId: 'lamp17', policyDocuments: [everything] };

/** Counts its calls, remembers its events, and answers what the password says, else what was set. */
const functionSource = (answer: string): string => `
let calls = 0;
export const handler = async (event) => {
  calls += 1;
  console.log('EVENT ' + JSON.stringify(event));
  const admission = ${JSON.stringify(admission)};
  ${answer}
};
`;

/** What an authorizer's function is told. */
export type AuthorizerEvent = Readonly<Record<string, unknown>>;

export interface Signer {
  readonly publicKey: string;
  /** Base64. */
  signature(token: string): string;
}

export const makeSigner = (): Signer => {
  const { publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    signature: (token) => sign('sha256', Buffer.from(token), privateKey).toString('base64'),
  };
};

/** A user name that asks for an authorizer. */
export const named = (authorizerName: string, more = ''): string => `lamp?x-amz-customauthorizer-name=${authorizerName}${more}`;

/** A function's body that lets everybody in under one name. */
export const principalIn = (principalId: string): string => `return { ...admission, principalId: '${principalId}' };`;

/** A local AWS under a frozen clock, with authorizers whose functions run in Lambda. */
export class AuthorizerWorld {
  readonly clock: ManualClock;
  readonly aws: LocalAws;
  readonly iot: IoTClient;
  readonly lambda: LambdaClient;
  readonly logs: CloudWatchLogsClient;
  readonly log: IotLogEntry[];
  readonly #roleArn: string;
  readonly #clients: RawClient[] = [];
  readonly #active = new Set<string>();
  #names = 0;

  private constructor(aws: LocalAws, clock: ManualClock, { log, roleArn }: { readonly log: IotLogEntry[]; readonly roleArn: string }) {
    const config = { endpoint: aws.endpoint, region: aws.account.region, credentials: aws.credentials, maxAttempts: 1 };
    this.aws = aws;
    this.clock = clock;
    this.log = log;
    this.iot = new IoTClient(config);
    this.lambda = new LambdaClient(config);
    this.logs = new CloudWatchLogsClient(config);
    this.#roleArn = roleArn;
  }

  static async start(options: Omit<LocalAwsOptions, 'clock' | 'iotLog'> = {}): Promise<AuthorizerWorld> {
    // SigV4 is checked against the clock, so that it begins at the machine's time.
    const clock = new ManualClock(Date.now());
    const log: IotLogEntry[] = [];
    const aws = await startLocalAws({
      iotSettings: { operationRates: 'off', brokerRates: 'off' },
      ...options,
      clock,
      iotLog: (entry) => log.push(entry),
    });
    const iam = new IAMClient({ endpoint: aws.endpoint, region: aws.account.region, credentials: aws.credentials });
    const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
    const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
    const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'authorizers', AssumeRolePolicyDocument }));
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'logs:*', Resource: '*' }] });
    await iam.send(new PutRolePolicyCommand({ RoleName: 'authorizers', PolicyName: 'logs', PolicyDocument }));
    iam.destroy();
    return new AuthorizerWorld(aws, clock, { log, roleArn: Role?.Arn ?? '' });
  }

  async stop(): Promise<void> {
    for (const client of this.#clients) client.cut();
    this.iot.destroy();
    this.lambda.destroy();
    this.logs.destroy();
    await this.aws.stop();
  }

  unique(prefix = 'name'): string {
    this.#names += 1;
    return `${prefix}${this.#names}`;
  }

  arn(resource: string): string {
    return `arn:aws:iot:${this.aws.account.region}:${this.aws.account.accountId}:${resource}`;
  }

  /** A function whose handler's body is given; it may use `event`, `calls` and `admission`. */
  async makeFunction(body: string): Promise<{ readonly FunctionName: string; readonly functionArn: string }> {
    const FunctionName = this.unique('judge');
    const { FunctionArn = '' } = await this.lambda.send(
      new CreateFunctionCommand({
        ...{ FunctionName, Runtime: 'nodejs24.x', Handler: 'index.handler', Role: this.#roleArn, Timeout: 30 },
        Code: { ZipFile: zipSync({ 'index.mjs': strToU8(functionSource(body)) }) },
      }),
    );
    return { FunctionName, functionArn: FunctionArn };
  }

  /** Makes room: an account has at most 32 active authorizers. */
  async retireAuthorizers(): Promise<void> {
    for (const authorizerName of this.#active) await this.iot.send(new UpdateAuthorizerCommand({ authorizerName, status: 'INACTIVE' }));
    this.#active.clear();
  }

  async permit(FunctionName: string, SourceArn: string): Promise<void> {
    const StatementId = this.unique('iot');
    const permission = { FunctionName, StatementId, Action: 'lambda:InvokeFunction', Principal: 'iot.amazonaws.com', SourceArn };
    await this.lambda.send(new AddPermissionCommand(permission));
  }

  /** An active authorizer without signing, whose function AWS IoT may invoke, unless asked otherwise. */
  async authorizer(body = 'return admission;', more: Partial<CreateAuthorizerCommandInput> & { readonly isPermitted?: boolean } = {}) {
    const { isPermitted = true, ...input } = more;
    const { FunctionName, functionArn } = await this.makeFunction(body);
    const authorizerName = this.unique('authorizer');
    const signing = input.tokenSigningPublicKeys === undefined ? { signingDisabled: true } : {};
    const created = { authorizerName, authorizerFunctionArn: functionArn, status: 'ACTIVE' as const, ...signing, ...input };
    const { authorizerArn = '' } = await this.iot.send(new CreateAuthorizerCommand(created));
    this.#active.add(authorizerName);
    if (isPermitted) await this.permit(FunctionName, authorizerArn);
    return { authorizerName, authorizerArn, FunctionName };
  }

  /** Events that the function got, oldest first. */
  async events(FunctionName: string): Promise<readonly AuthorizerEvent[]> {
    const logGroupName = `/aws/lambda/${FunctionName}`;
    const { events = [] } = await this.logs.send(new FilterLogEventsCommand({ logGroupName, filterPattern: 'EVENT' }));
    return events.map(({ message = '' }) => JSON.parse(message.slice(message.indexOf('EVENT ') + 6)) as AuthorizerEvent);
  }

  async makeDefault(authorizerName: string): Promise<void> {
    await this.iot.send(new SetDefaultAuthorizerCommand({ authorizerName }));
  }

  async clearDefault(): Promise<void> {
    await this.iot.send(new ClearDefaultAuthorizerCommand({}));
  }

  /** A registered, active certificate with one policy. */
  async device(statement: object | readonly object[]): Promise<Identity & { readonly certificateId: string }> {
    const created = await this.iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }));
    const { certificateId = '', certificatePem: cert = '', certificateArn: target = '', keyPair } = created;
    const policyName = this.unique('policy');
    const policyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement].flat() });
    await this.iot.send(new CreatePolicyCommand({ policyName, policyDocument }));
    await this.iot.send(new AttachPolicyCommand({ policyName, target }));
    return { certificateId, cert, key: keyPair?.PrivateKey ?? '', der: new X509Certificate(cert).raw };
  }

  /** Temporary keys of a role that may do just that. */
  async session(...Statement: readonly object[]): Promise<Credentials> {
    const config = { endpoint: this.aws.endpoint, region: this.aws.account.region, credentials: this.aws.credentials };
    const [iam, sts] = [new IAMClient(config), new STSClient(config)];
    const RoleName = this.unique('role');
    const trust = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${this.aws.account.accountId}:root` }, Action: 'sts:AssumeRole' };
    const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
    const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'devices', PolicyDocument }));
    const { Credentials: given } = await sts.send(new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: 'dashboard' }));
    iam.destroy();
    sts.destroy();
    return { accessKeyId: given?.AccessKeyId ?? '', secretAccessKey: given?.SecretAccessKey ?? '', sessionToken: given?.SessionToken };
  }

  /** A certificate that nobody registered. */
  stranger(): Promise<Identity> {
    return makeClientIdentity();
  }

  /** What the authorizer that let the client in calls it. */
  principalOf(clientId: string): unknown {
    return this.log.find((entry) => entry.eventType === 'Connect' && entry.status === 'Success' && entry['clientId'] === clientId)?.[
      'principalId'
    ];
  }

  whyRefused(clientId: string): unknown {
    return this.log.find((entry) => entry.eventType === 'Connection.AuthNError' && entry['clientId'] === clientId)?.['reason'];
  }

  async until(isSo: () => boolean): Promise<void> {
    await eventually(() => (isSo() ? true : undefined));
  }

  disconnectReasonOf(clientId: string): unknown {
    return this.log.find((entry) => entry.eventType === 'Disconnect' && entry['clientId'] === clientId)?.['disconnectReason'];
  }

  async domain(more: Partial<CreateDomainConfigurationCommandInput>): Promise<{ readonly name: string; readonly serverName: string }> {
    const name = this.unique('domain');
    await this.iot.send(new CreateDomainConfigurationCommand({ domainConfigurationName: name, ...more }));
    const { domainName = '' } = await this.iot.send(new DescribeDomainConfigurationCommand({ domainConfigurationName: name }));
    return { name, serverName: domainName };
  }

  /** A raw client behind TLS on the port where ALPN decides, with ALPN `mqtt` and the account's endpoint in SNI unless asked otherwise. */
  async open(version: 4 | 5 = 4, { tls, ...more }: Partial<RawOptions> = {}): Promise<RawClient> {
    const client = await RawClient.open({
      ...{ port: this.aws.mqtt.customAuthPort, rootCa: this.aws.rootCa, version, ...more },
      tls: { ALPNProtocols: ['mqtt'], servername: this.aws.services.iot.dataEndpoint, ...tls },
    });
    this.#clients.push(client);
    return client;
  }

  /** What becomes of one CONNECT: the code of CONNACK, or that the service closed without one. */
  async attempt(username: string, more: Partial<RawOptions> & { readonly clientId?: string } = {}): Promise<number | 'closed'> {
    const { clientId = this.unique('client'), version = 4, ...raw } = more;
    const client = await this.open(version, raw);
    client.connect({ clientId, username });
    return this.answer(client);
  }

  async answer(client: RawClient): Promise<number | 'closed'> {
    const connack = client.take(1).then(
      (packet) => (packet.cmd === 'connack' ? (packet.reasonCode ?? packet.returnCode ?? -1) : -1),
      () => 'closed' as const,
    );
    return connack;
  }
}
