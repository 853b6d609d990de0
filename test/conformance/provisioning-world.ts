import { AttachRolePolicyCommand, CreateRoleCommand, DeleteRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  AttachPolicyCommand,
  CreateAuthorizerCommand,
  CreateKeysAndCertificateCommand,
  CreatePolicyCommand,
  CreateProvisioningTemplateCommand,
  type CreateProvisioningTemplateCommandInput,
  IoTClient,
} from '@aws-sdk/client-iot';
import { AddPermissionCommand, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { zipSync } from 'fflate';
import { type LocalAws, startLocalAws } from '../../local/main.ts';
import { RunningClock } from '../../local/running-clock.ts';
import { requestPem } from '../local/iot/certificate-requests.ts';
import type { DeviceCredentials } from './device-connections.ts';
import { ProvisioningDevice, topics, type ProvisioningAnswer } from './provisioning-device.ts';

const document = (...statements: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements });

const trusting = (service: string): string => document({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } });

export const everything = document({ Effect: 'Allow', Action: 'iot:*', Resource: '*' });

export const certificate = { Type: 'AWS::IoT::Certificate', Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' } } };

export const thing = {
  Type: 'AWS::IoT::Thing',
  Properties: { ThingName: { 'Fn::Sub': 'thing-${SerialNumber}' }, AttributePayload: { serial: { Ref: 'SerialNumber' } } },
};

/** A thing, an active certificate, a policy; one parameter. */
export const simpleTemplate = {
  Parameters: { SerialNumber: { Type: 'String' } },
  Resources: { certificate, thing, policy: { Type: 'AWS::IoT::Policy', Properties: { PolicyName: 'everything' } } },
};

const registersThings = 'arn:aws:iam::aws:policy/service-role/AWSIoTThingsRegistration';

/** An account with a provisioning role and a claim, and devices that onboard. Time can be moved forward. */
export class ProvisioningWorld {
  readonly clock: RunningClock;
  readonly aws: LocalAws;
  readonly iot: IoTClient;
  readonly iam: IAMClient;
  readonly lambda: LambdaClient;
  readonly #devices: ProvisioningDevice[] = [];
  #claim: DeviceCredentials | undefined;
  #role = '';
  #names = 0;

  private constructor(aws: LocalAws, clock: RunningClock) {
    const config = { endpoint: aws.endpoint, region: aws.account.region, credentials: aws.credentials };
    [this.aws, this.clock] = [aws, clock];
    this.iot = new IoTClient({ ...config, maxAttempts: 1 });
    this.iam = new IAMClient(config);
    this.lambda = new LambdaClient(config);
  }

  static async start(): Promise<ProvisioningWorld> {
    const clock = new RunningClock();
    const world = new ProvisioningWorld(await startLocalAws({ clock }), clock);
    await world.iot.send(new CreatePolicyCommand({ policyName: 'everything', policyDocument: everything }));
    world.#claim = await world.claim('everything');
    world.#role = await world.role();
    return world;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#devices.map((device) => device.close()));
    for (const client of [this.iot, this.iam, this.lambda]) client.destroy();
    await this.aws.stop();
  }

  /** A name that nobody had before. */
  unique(prefix = 'n'): string {
    this.#names += 1;
    return `${prefix}-${this.#names}`;
  }

  arn(service: string, resource: string): string {
    return `arn:aws:${service}:${this.aws.account.region}:${this.aws.account.accountId}:${resource}`;
  }

  /** An active certificate with that policy. */
  async claim(policyName: string): Promise<DeviceCredentials> {
    const made = await this.iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }));
    await this.iot.send(new AttachPolicyCommand({ policyName, target: made.certificateArn }));
    return { cert: made.certificatePem ?? '', key: made.keyPair?.PrivateKey ?? '' };
  }

  /** A role that trusts AWS IoT and has the managed policy, or these statements instead. */
  async role(...statements: readonly object[]): Promise<string> {
    const RoleName = this.unique('role');
    const { Role } = await this.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trusting('iot.amazonaws.com') }));
    if (statements.length === 0) await this.iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: registersThings }));
    else await this.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument: document(...statements) }));
    return Role?.Arn ?? '';
  }

  async deleteRole(roleArn: string): Promise<void> {
    const RoleName = roleArn.split('/').at(-1);
    await this.iam.send(new DeleteRoleCommand({ RoleName }));
  }

  /** A role without any policy, so that it can be deleted at once. */
  async emptyRole(service = 'iot.amazonaws.com'): Promise<string> {
    const role = new CreateRoleCommand({ RoleName: this.unique('role'), AssumeRolePolicyDocument: trusting(service) });
    return (await this.iam.send(role)).Role?.Arn ?? '';
  }

  /** An enabled template's name. */
  async template(body: object = simpleTemplate, more: Partial<CreateProvisioningTemplateCommandInput> = {}): Promise<string> {
    const { templateName = '' } = await this.createTemplate(body, { enabled: true, ...more });
    return templateName;
  }

  createTemplate(body: object | string, more: Partial<CreateProvisioningTemplateCommandInput> = {}) {
    const templateBody = typeof body === 'string' ? body : JSON.stringify(body);
    const templateName = this.unique('template');
    return this.iot.send(new CreateProvisioningTemplateCommand({ templateName, templateBody, provisioningRoleArn: this.#role, ...more }));
  }

  /** A function's ARN; AWS IoT may call it unless told otherwise. */
  async function(source: string, { isPermitted = true }: { readonly isPermitted?: boolean } = {}): Promise<string> {
    const { FunctionArn = '', FunctionName = '' } = await this.lambda.send(
      new CreateFunctionCommand({
        ...{ FunctionName: this.unique('function'), Runtime: 'nodejs24.x', Handler: 'index.handler', Timeout: 30 },
        Role: await this.emptyRole('lambda.amazonaws.com'),
        Code: { ZipFile: zipSync({ 'index.mjs': Buffer.from(source) }) },
      }),
    );
    const permission = { FunctionName, StatementId: 'iot', Action: 'lambda:InvokeFunction', Principal: 'iot.amazonaws.com' };
    if (isPermitted) await this.lambda.send(new AddPermissionCommand(permission));
    return FunctionArn;
  }

  /** A device behind the claim, connected. */
  async device(credentials = this.#claim, protocolVersion: 4 | 5 = 5): Promise<ProvisioningDevice> {
    if (credentials === undefined) throw new Error('The world has not started.');
    const device = await ProvisioningDevice.connect(this.aws, credentials, { clientId: this.unique('client'), protocolVersion });
    this.#devices.push(device);
    return device;
  }

  /** A device that a custom authorizer lets in under this principal, to do everything. */
  async deviceOfAuthorizer(principalId: string): Promise<ProvisioningDevice> {
    const answer = { isAuthenticated: true, principalId, policyDocuments: [JSON.parse(everything) as object] };
    const authorizerName = this.unique('authorizer');
    const authorizerFunctionArn = await this.function(`export const handler = () => (${JSON.stringify(answer)});`);
    await this.iot.send(new CreateAuthorizerCommand({ authorizerName, authorizerFunctionArn, status: 'ACTIVE', signingDisabled: true }));
    const username = `lamp?x-amz-customauthorizer-name=${authorizerName}`;
    const device = await ProvisioningDevice.connectAs(this.aws, username, this.unique('client'));
    this.#devices.push(device);
    return device;
  }

  /** A fresh certificate's id and ownership token. */
  async certify(device: ProvisioningDevice): Promise<{ readonly certificateId: string; readonly certificateOwnershipToken: string }> {
    const { body } = await device.request(topics.csr, { certificateSigningRequest: requestPem() });
    return { certificateId: String(body['certificateId']), certificateOwnershipToken: String(body['certificateOwnershipToken']) };
  }

  /** A certificate and RegisterThing with it, on a connection of its own unless one is given. */
  async onboard(templateName: string, request: object = {}, device?: ProvisioningDevice): Promise<ProvisioningAnswer> {
    const connected = device ?? (await this.device());
    const { certificateOwnershipToken } = await this.certify(connected);
    const parameters = { SerialNumber: this.unique('s') };
    return connected.request(topics.template(templateName), { certificateOwnershipToken, parameters, ...request });
  }
}
