import { decode } from 'cborg';
import { AwsError } from '../../../../local/aws-error.ts';
import { createBehaviour, type BehaviourCapture } from '../../../../local/iot/behaviour/behaviour.ts';
import type { IotConnection, IotMessage } from '../../../../local/iot/connection.ts';
import type { IotLogEvent } from '../../../../local/iot/events/iot-log.ts';
import { createFleetProvisioning } from '../../../../local/iot/provisioning/fleet-provisioning.ts';
import type { ProvisioningSettings } from '../../../../local/iot/provisioning/fleet-provisioning.ts';
import type { Invocation, InvocationResult } from '../../../../local/lambda/function-invoker.ts';
import { ManualClock } from '../../../../local/manual-clock.ts';
import { FakeControlPlane } from './fake-control-plane.ts';
import { FakeRegistry } from './fake-registry.ts';

export const goodCsr = '-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----';

export const simpleTemplate = {
  Parameters: { SerialNumber: { Type: 'String' }, 'AWS::IoT::Certificate::Id': { Type: 'String' } },
  Resources: {
    thing: {
      Type: 'AWS::IoT::Thing',
      Properties: {
        ThingName: { 'Fn::Join': ['-', ['lamp', { Ref: 'SerialNumber' }]] },
        ThingTypeName: 'lamp',
        AttributePayload: { serial: { Ref: 'SerialNumber' } },
        ThingGroups: ['lamps'],
      },
    },
    certificate: { Type: 'AWS::IoT::Certificate', Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' }, Status: 'Active' } },
    policy: { Type: 'AWS::IoT::Policy', Properties: { PolicyName: 'lamp-policy' } },
  },
};

export interface Answer {
  readonly topic: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export const claim: IotConnection = {
  clientId: 'claim-1',
  principalId: 'claim-certificate',
  thing: undefined,
  protocolVersion: 5,
  sessionIdentifier: 'session',
  sourceIp: '127.0.0.1',
  sourcePort: 1,
};

const isAnswer = (value: unknown): value is Answer['body'] => typeof value === 'object' && value !== null;

export interface WorldOptions extends ProvisioningSettings {
  readonly behaviour?: BehaviourCapture;
}

/** Fleet provisioning with everything around it faked, and a clock that stands still. */
export class ProvisioningWorld {
  readonly clock = new ManualClock(Date.parse('2026-01-01T00:00:00Z'));
  readonly registry = new FakeRegistry();
  readonly controlPlane = new FakeControlPlane();
  readonly answers: (Answer & { readonly message: IotMessage; readonly connection: IotConnection })[] = [];
  readonly log: IotLogEvent[] = [];
  readonly invocations: Invocation[] = [];
  hook: () => Promise<InvocationResult> = () => Promise.resolve({ outcome: 'returned', payload: { allowProvisioning: true } });
  /** Whether the templates' role trusts AWS IoT. */
  isAssumable = true;
  readonly service: ReturnType<typeof createFleetProvisioning>;

  constructor({ behaviour, ...settings }: WorldOptions = { requestRates: 'off' }) {
    this.controlPlane.onStatus = (certificateId, status) => {
      this.registry.statuses.set(certificateId, status === 'ACTIVE' ? 'ACTIVE' : 'INACTIVE');
    };
    this.service = createFleetProvisioning({
      account: { accountId: '123456789012', region: 'eu-west-1', partition: 'aws' },
      clock: this.clock,
      registry: this.registry,
      controlPlane: this.controlPlane,
      invoker: {
        invoke: (invocation) => {
          this.invocations.push(invocation);
          return this.hook();
        },
      },
      broker: () => ({ respond: (connection, message) => this.#collect(connection, message) }),
      log: (event) => this.log.push(typeof event === 'function' ? event() : event),
      settings,
      behaviour: createBehaviour(behaviour),
      roles: {
        isAssumable: () => this.isAssumable,
        actAs: (_roleArn, controlPlane) => {
          if (!this.isAssumable) throw new AwsError('AccessDeniedException', 'AWS IoT may not assume the role.', { status: 403 });
          return controlPlane;
        },
      },
    });
    this.addTemplate('lamps', simpleTemplate);
  }

  addTemplate(
    templateName: string,
    body: unknown,
    rest: { readonly enabled?: boolean; readonly type?: 'FLEET_PROVISIONING' | 'JITP'; readonly hasHook?: boolean } = {},
  ): void {
    this.registry.templates.set(templateName, {
      templateName,
      templateArn: `arn:aws:iot:eu-west-1:123456789012:provisioningtemplate/${templateName}`,
      type: rest.type ?? 'FLEET_PROVISIONING',
      enabled: rest.enabled ?? true,
      defaultVersionId: 1,
      templateBody: typeof body === 'string' ? body : JSON.stringify(body),
      provisioningRoleArn: 'arn:aws:iam::123456789012:role/provisioning',
      preProvisioningHook: rest.hasHook === true ? { targetArn: 'arn:hook', payloadVersion: '2020-04-01' } : undefined,
    });
  }

  /** Publishes a request and gives its one answer. */
  async request(topic: string, payload: unknown, connection: IotConnection = claim): Promise<Answer> {
    const before = this.answers.length;
    const bytes = Buffer.isBuffer(payload) ? payload : Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
    await this.service.handle(connection, { topic, payload: bytes, qos: 1, retain: false });
    const [answer, ...more] = this.answers.slice(before);
    if (answer === undefined || more.length > 0) throw new Error(`expected one answer, got ${this.answers.length - before}`);
    return answer;
  }

  /** A fresh certificate's ownership token. */
  async token(): Promise<string> {
    const { body } = await this.request('$aws/certificates/create-from-csr/json', { certificateSigningRequest: goodCsr });
    return String(body['certificateOwnershipToken']);
  }

  async provision(request: Readonly<Record<string, unknown>> = {}, templateName = 'lamps'): Promise<Answer> {
    const certificateOwnershipToken = request['certificateOwnershipToken'] ?? (await this.token());
    return this.request(`$aws/provisioning-templates/${templateName}/provision/json`, {
      parameters: { SerialNumber: 'S1' },
      ...request,
      certificateOwnershipToken,
    });
  }

  #collect(connection: IotConnection, message: IotMessage): Promise<void> {
    const body: unknown = message.topic.includes('/cbor/') ? decode(message.payload) : JSON.parse(message.payload.toString());
    if (isAnswer(body)) this.answers.push({ connection, message, topic: message.topic, body });
    return Promise.resolve();
  }
}
