import { createPrivateKey, randomUUID, X509Certificate } from 'node:crypto';
import * as z from 'zod';
import { fleetProvisioningTopics } from '../../domain/admission/fleet-provisioning-topics.ts';
import {
  type ConnectRequest,
  isCertificate,
  type MqttConnector,
  type MqttIdentity,
  type MqttSession,
  MqttSessionError,
} from '../../device/mqtt/mqtt-session.ts';
import { type CertificateAuthority, digestOf, type IssuedIdentity } from './certificate-authority.ts';
import type { DeviceTime } from './device-time.ts';

const HOUR_MS = 3_600_000;

interface Certificate {
  readonly id: string;
  readonly pem: string;
  readonly key: string;
  status: 'PENDING_ACTIVATION' | 'ACTIVE' | 'INACTIVE';
  thing?: string;
}

/** What becomes of one request: `answer` is what the cloud does by itself. */
export type Fate =
  | 'answer'
  | 'lose-request'
  | 'lose-answer'
  | 'close-before'
  | 'close-after'
  | { readonly statusCode: number; readonly errorCode: string }
  | { readonly accepted: unknown };

export interface FakeIotCloudProps {
  readonly authority: CertificateAuthority;
  readonly claim: IssuedIdentity;
  readonly time: DeviceTime;
  readonly template: string;
  readonly thingName: string;
}

/** AWS IoT Core with Muster's hook behind it, as far as one device can tell. */
export class FakeIotCloud implements MqttConnector {
  readonly certificates = new Map<string, Certificate>();
  readonly connections: (ConnectRequest & { readonly identity: MqttIdentity; readonly as: 'claim' | 'thing' })[] = [];
  readonly requests: { readonly topic: string; readonly body: unknown }[] = [];
  readonly subscriptions: string[] = [];
  boundKey: string | undefined;
  inUse: string | undefined;
  isClaimOpen = true;
  /** Whether an operator said yes, where one must; until then the first key that asks waits. */
  isApproved = true;
  pendingKey: string | undefined;
  /** Decides what becomes of each request, in order; `answer` when it runs out. */
  fates: Fate[] = [];
  /** Thrown by the next attempts to connect, in order. */
  connectFailures: MqttSessionError[] = [];
  readonly #props: FakeIotCloudProps;
  readonly #tokens = new Map<string, { readonly certificate: Certificate; readonly expiresAt: number }>();

  constructor(props: FakeIotCloudProps) {
    this.#props = props;
  }

  get active(): readonly Certificate[] {
    return [...this.certificates.values()].filter(({ status }) => status === 'ACTIVE');
  }

  async connect(request: ConnectRequest): Promise<MqttSession> {
    const failure = this.connectFailures.shift();
    if (failure !== undefined) throw failure;
    const { identity, clientId } = request;
    if (!isCertificate(identity)) throw new MqttSessionError('refused', 'Not authorized');
    const { certificatePem, privateKeyPem } = identity;
    if (!new X509Certificate(certificatePem).checkPrivateKey(createPrivateKey(privateKeyPem))) {
      throw new MqttSessionError('bad-identity', 'key values mismatch');
    }
    const as = certificatePem === this.#props.claim.certificatePem ? 'claim' : 'thing';
    this.connections.push({ ...request, identity, as });
    if (as === 'thing') this.#admitThing(identity, clientId);
    else if (!this.isClaimOpen) throw new MqttSessionError('refused', 'Not authorized');
    return Promise.resolve(this.#session());
  }

  #admitThing({ certificatePem }: MqttIdentity, clientId: string): void {
    const certificate = [...this.certificates.values()].find(({ pem }) => pem === certificatePem);
    if (certificate?.status !== 'ACTIVE' || clientId !== certificate.thing) throw new MqttSessionError('refused', 'Not authorized');
    // Activation: the one seen stays, all others of the enrollment are retired.
    this.inUse = certificate.id;
    for (const other of this.active) if (other !== certificate) other.status = 'INACTIVE';
  }

  #session(): MqttSession {
    const filters = new Set<string>();
    let listener: (topic: string, payload: string) => void = () => undefined;
    let lose: (error: MqttSessionError) => void = () => undefined;
    const lost = new Promise<MqttSessionError>((resolve) => {
      lose = resolve;
    });
    const close = () => {
      const error = new MqttSessionError('lost', 'closed');
      lose(error);
      return error;
    };
    return {
      lost,
      onMessage: (next) => {
        listener = next;
      },
      subscribe: async (wanted) => {
        for (const filter of wanted) filters.add(filter);
        this.subscriptions.push(...wanted);
        return Promise.resolve();
      },
      publish: async (topic, payload) => {
        const fate = this.fates.shift() ?? 'answer';
        if (fate === 'close-before') throw close();
        this.requests.push({ topic, body: JSON.parse(String(payload)) });
        if (fate === 'lose-request') {
          this.#fallSilent();
          return;
        }
        const answer = await this.#answer(topic, JSON.parse(String(payload)), fate);
        if (fate === 'close-after') throw close();
        const isHeard = fate !== 'lose-answer' && filters.has(`${topic}/${answer.kind}`);
        if (!isHeard) this.#fallSilent();
        else
          setImmediate(() => {
            listener(`${topic}/${answer.kind}`, JSON.stringify(answer.body));
          });
      },
      close: async () => Promise.resolve(),
    };
  }

  #fallSilent(): void {
    setImmediate(() => {
      this.#props.time.passLimits();
    });
  }

  async #answer(topic: string, body: unknown, fate: Fate): Promise<{ readonly kind: 'accepted' | 'rejected'; readonly body: unknown }> {
    if (typeof fate === 'object') return 'accepted' in fate ? { kind: 'accepted', body: fate.accepted } : { kind: 'rejected', body: fate };
    const topics = fleetProvisioningTopics(this.#props.template);
    return topic === topics.createFromCsr.request ? this.#issue(body) : this.#register(body);
  }

  async #issue(body: unknown) {
    const { certificateSigningRequest } = z.strictObject({ certificateSigningRequest: z.string() }).parse(body);
    const pem = await this.#props.authority.signRequest(certificateSigningRequest);
    const x509 = new X509Certificate(pem);
    const key = digestOf(x509.publicKey.export({ type: 'spki', format: 'der' }));
    const certificate: Certificate = { id: digestOf(x509.raw), pem, key, status: 'PENDING_ACTIVATION' };
    this.certificates.set(certificate.id, certificate);
    const certificateOwnershipToken = randomUUID();
    this.#tokens.set(certificateOwnershipToken, { certificate, expiresAt: this.#props.time.now() + HOUR_MS });
    return { kind: 'accepted' as const, body: { certificateId: certificate.id, certificatePem: pem, certificateOwnershipToken } };
  }

  #register(body: unknown) {
    const { certificateOwnershipToken } = z
      .object({ certificateOwnershipToken: z.string(), parameters: z.record(z.string(), z.string()) })
      .parse(body);
    const token = this.#tokens.get(certificateOwnershipToken);
    this.#tokens.delete(certificateOwnershipToken);
    if (token === undefined || this.#props.time.now() >= token.expiresAt) return rejected(400, 'InvalidCertificateOwnershipToken');
    const { certificate } = token;
    this.pendingKey ??= certificate.key;
    if (!this.isApproved || this.pendingKey !== certificate.key) return rejected(403, 'AccessDenied');
    const unseen = this.active.filter(({ id }) => id !== this.inUse);
    if ((this.boundKey ?? certificate.key) !== certificate.key || unseen.length >= 5) return rejected(403, 'AccessDenied');
    this.boundKey = certificate.key;
    certificate.status = 'ACTIVE';
    certificate.thing = this.#props.thingName;
    return { kind: 'accepted' as const, body: { thingName: certificate.thing, deviceConfiguration: { muster: '{"schemaVersion":1}' } } };
  }
}

const rejected = (statusCode: number, errorCode: string) => ({
  kind: 'rejected' as const,
  body: { statusCode, errorCode, errorMessage: 'refused' },
});
