import { X509Certificate } from 'node:crypto';
import * as z from 'zod';
import { certificateIdOf } from '../../device/store/certificate-id.ts';
import {
  type ConnectRequest,
  isCertificate,
  type KeptSession,
  type MqttConnector,
  type MqttSession,
  MqttSessionError,
} from '../../device/mqtt/mqtt-session.ts';
import { decideActivation, withoutRetired } from '../../domain/activation.ts';
import type { Change, ChangeStamp } from '../../domain/changes/change.ts';
import type { Enrollment } from '../../domain/enrollment.ts';
import { type CertificateId, certificateId, keyDigest } from '../../domain/identifiers.ts';
import { judgeCertificateRenewal, refusalOfRenewal } from '../../domain/rotation/judge-renewal.ts';
import { withOfferedCertificate, withOfferedRequirement } from '../../domain/rotation/offer.ts';
import { renewalRequest } from '../../domain/rotation/renewal-message.ts';
import { rotationId } from '../../domain/rotation/rotation.ts';
import { startRotation } from '../../domain/rotation/start-rotation.ts';
import { withdrawRotation } from '../../domain/rotation/withdraw-rotation.ts';
import { topicTree } from '../../domain/topics.ts';
import { anEvent } from '../builders/enrollment.ts';
import { type CertificateAuthority, digestOf } from './certificate-authority.ts';
import { FakeJobs } from './fake-jobs.ts';
import type { WorldTime } from './world-time.ts';

/** What becomes of a request: `answer` is what the cloud does by itself. */
export type RequestFate =
  | 'answer'
  | 'answer-twice'
  | 'answer-late'
  | 'throttle'
  | 'lose-request'
  | 'lose-answer'
  | 'close-before'
  | 'close-after'
  | { readonly payload: string };

/** What goes wrong in the cloud and on the way to it, and how long things take: milliseconds. */
export interface CloudMoods {
  connect(): MqttSessionError | undefined;
  request(topic: string): RequestFate;
  /** What came of a connection, of a retirement, or of a commitment is known so much later. */
  delay(what: 'answer' | 'sighting' | 'retirement' | 'job'): number;
  /** How often a connection is told of. */
  sightings(): number;
}

export const calm: CloudMoods = {
  sightings: () => 1,
  connect: () => undefined,
  request: () => 'answer',
  delay: (what) => (what === 'answer' ? 50 : 1_000),
};

const LATE_MS = 20_000;
type Status = 'ACTIVE' | 'INACTIVE';

/** What judges devices that hold no certificate, as an authorizer does, and gives them their next secret. */
export interface PasswordGate {
  /** What the device is to be called; `undefined` for one that is not let in. */
  principalFor(password: string, enrollment: Enrollment): string | undefined;
  renew(
    offer: Readonly<Record<string, unknown>>,
    rotation: string,
  ): { readonly next: Enrollment['requirement']; readonly credential: unknown };
}

/** AWS IoT Core, Jobs and the functions behind them as far as the rotations of one device go; what is decided is decided by the domain. */
export class RotationCloud implements MqttConnector {
  enrollment: Enrollment;
  moods: CloudMoods = calm;
  readonly statuses = new Map<CertificateId, Status>();
  readonly jobs: FakeJobs;
  readonly connections: string[] = [];
  readonly asks: { readonly topic: string; readonly body: unknown }[] = [];
  /** Whether a job is told to have succeeded once its rotation is complete; it need not be. */
  endsJobs = true;
  readonly #time: WorldTime;
  readonly #authority: CertificateAuthority;
  readonly #gate: PasswordGate | undefined;
  readonly #pems = new Map<CertificateId, string>();
  readonly #listening = new Set<(topic: string, payload: string) => void>();
  #events = 0;

  constructor(time: WorldTime, authority: CertificateAuthority, enrollment: Enrollment, gate?: PasswordGate) {
    this.#gate = gate;
    this.#time = time;
    this.#authority = authority;
    this.enrollment = enrollment;
    this.jobs = new FakeJobs(() => time.cloudNow);
    for (const { id } of enrollment.certificates) this.statuses.set(id, 'ACTIVE');
  }

  get active(): readonly CertificateId[] {
    return [...this.statuses].filter(([, status]) => status === 'ACTIVE').map(([id]) => id);
  }

  accepts(certificatePem: string): boolean {
    return this.statuses.get(certificateIdOf(certificatePem)) === 'ACTIVE';
  }

  /** As the planner does. */
  start(name: string, patienceMs: number): void {
    const id = rotationId.parse(name);
    const until = this.#time.cloudNow + patienceMs;
    this.#change(startRotation(this.enrollment, this.#stamp(), { id, until }));
    if (this.enrollment.rotation?.id !== id) return;
    this.jobs.create(name, { operation: 'muster.rotate-credential', schemaVersion: 1, until });
    const topic = `$aws/things/${this.enrollment.thingName}/jobs/notify-next`;
    for (const deliver of this.#listening) deliver(topic, JSON.stringify(this.jobs.next()));
  }

  /** As the watchdog does with what is under way. */
  withdraw(): void {
    const { rotation } = this.enrollment;
    if (rotation === undefined) return;
    this.#change(withdrawRotation(this.enrollment, this.#stamp()));
    this.#retireLater();
    this.#time.later(this.moods.delay('job'), () => {
      this.#endJob(rotation.id, 'CANCELED');
    });
  }

  async connect({ identity, clientId, session }: ConnectRequest): Promise<MqttSession> {
    const failure = this.moods.connect();
    if (failure !== undefined) throw failure;
    const principal = isCertificate(identity)
      ? this.#certificateFor(identity.certificatePem)
      : this.#gate?.principalFor(identity.password, this.enrollment);
    if (clientId !== this.enrollment.thingName || principal === undefined) throw new MqttSessionError('refused', 'Not authorized');
    this.connections.push(principal);
    for (let told = 0; told < this.moods.sightings(); told += 1)
      this.#time.later(this.moods.delay('sighting'), () => {
        this.#see(principal);
      });
    return Promise.resolve(this.#session(principal, session));
  }

  #certificateFor(certificatePem: string): string | undefined {
    return this.accepts(certificatePem) ? certificateIdOf(certificatePem) : undefined;
  }

  #session(principal: string, kept?: KeptSession): MqttSession {
    const filters = new Set<string>();
    const listening: { to: (topic: string, payload: string) => void; isOpen: boolean } = { to: () => undefined, isOpen: true };
    const { promise: lost, resolve: lose } = Promise.withResolvers<MqttSessionError>();
    const close = (): MqttSessionError => {
      listening.isOpen = false;
      const error = new MqttSessionError('lost', 'closed');
      lose(error);
      return error;
    };
    const deliver = (topic: string, payload: string): void => {
      if (!listening.isOpen || ![...filters].some((filter) => covers(filter, topic))) return;
      void kept?.receive({ topic, payload: Buffer.from(payload) });
      listening.to(topic, payload);
    };
    this.#listening.add(deliver);
    return {
      lost,
      onMessage: (next) => {
        listening.to = next;
        this.#time.waitingBegins();
      },
      subscribe: async (wanted) => {
        for (const filter of wanted) filters.add(filter);
        return Promise.resolve();
      },
      publish: async (topic, payload) => {
        const fate = this.moods.request(topic);
        this.#time.waitingBegins();
        if (fate === 'close-before') throw close();
        this.asks.push({ topic, body: JSON.parse(String(payload)) });
        if (fate === 'lose-request') return Promise.resolve();
        this.#time.later(this.moods.delay('answer'), async () => {
          const answers = await this.#answer({ topic, payload: String(payload), principal }, fate);
          if (fate === 'close-after') close();
          else for (const [from, text] of answers) this.#send(deliver, fate, [from, text]);
        });
        return Promise.resolve();
      },
      close: async () => {
        listening.isOpen = false;
        return Promise.resolve();
      },
    };
  }

  #send(deliver: (topic: string, payload: string) => void, fate: RequestFate, [topic, text]: readonly [string, string]): void {
    if (fate === 'lose-answer') return;
    const send = () => {
      deliver(topic, typeof fate === 'object' ? fate.payload : text);
    };
    if (fate === 'answer-late') this.#time.later(LATE_MS, send);
    else send();
    if (fate === 'answer-twice') this.#time.later(this.moods.delay('answer'), send);
  }

  async #answer(
    request: { topic: string; payload: string; principal: string },
    fate: RequestFate,
  ): Promise<readonly (readonly [string, string])[]> {
    const { topic, payload, principal } = request;
    const { ask, tell } = topicTree('muster').credential(this.enrollment.thingName);
    if (topic === ask) return [[tell, JSON.stringify(await this.#renew(principal, JSON.parse(payload)))]];
    return [this.jobs.answer(topic, payload, fate === 'throttle')];
  }

  async #renew(principal: string, body: unknown): Promise<unknown> {
    const { rotation, offer } = renewalRequest.parse(body);
    const no = { outcome: 'refused', rotation };
    const before = this.enrollment;
    const { line, serialNumber } = before;
    const request = { rotation, principal, line, serialNumber, approach: before.approach, at: this.#time.cloudNow };
    if (refusalOfRenewal(before, request) !== undefined) return no;
    if (this.#gate !== undefined) {
      const { next, credential } = this.#gate.renew(offer, rotation);
      if (before.rotation?.next === undefined) this.enrollment = withOfferedRequirement(before, next, this.#stamp());
      return { outcome: 'given', rotation, credential };
    }
    const pem = await this.#authority.signRequest(z.string().parse(offer['csr']));
    const key = keyDigest.parse(digestOf(new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' })));
    const ruling = judgeCertificateRenewal(before, key, { sameKey: false });
    if (ruling.ruling === 'refuse') return no;
    const id = ruling.ruling === 'again' ? ruling.certificate.id : certificateIdOf(pem);
    if (ruling.ruling === 'issue') {
      this.enrollment = withOfferedCertificate(before, { id, key, issuedAt: this.#time.cloudNow }, this.#stamp());
      this.#pems.set(id, pem);
      this.statuses.set(id, 'ACTIVE');
      this.#retireLater();
    }
    return { outcome: 'given', rotation, credential: { certificateId: id, certificatePem: this.#pems.get(id) } };
  }

  #see(principal: string): void {
    const { rotation } = this.enrollment;
    const seen = decideActivation(this.enrollment, {
      certificateId: certificateId.parse(principal),
      at: this.#time.cloudNow,
      eventId: this.#stamp().id,
    });
    if (seen === undefined) return;
    this.enrollment = seen;
    this.#retireLater();
    if (rotation === undefined || seen.rotation !== undefined || !this.endsJobs) return;
    this.#time.later(this.moods.delay('job'), () => {
      this.#endJob(rotation.id, 'SUCCEEDED');
    });
  }

  // What is lost is not said again.
  #endJob(name: string, status: 'CANCELED' | 'SUCCEEDED'): void {
    this.jobs.end(name, status);
    const topic = `$aws/things/${this.enrollment.thingName}/jobs/notify`;
    if (this.moods.request(topic) !== 'answer') return;
    for (const deliver of this.#listening) deliver(topic, JSON.stringify({ jobs: this.jobs.waiting() }));
  }

  #retireLater(): void {
    for (const id of this.enrollment.toRetire)
      this.#time.later(this.moods.delay('retirement'), () => {
        if (!this.enrollment.toRetire.includes(id)) return;
        this.statuses.set(id, 'INACTIVE');
        this.enrollment = withoutRetired(this.enrollment, id, anEvent({ id: this.#stamp().id }));
      });
  }

  #change(change: Change): void {
    if (change.outcome === 'changed') this.enrollment = change.enrollment;
  }

  #stamp(): ChangeStamp {
    this.#events += 1;
    return { id: `event-${this.#events}`, at: this.#time.cloudNow, actor: { kind: 'service', name: 'planner' } };
  }
}

const covers = (filter: string, topic: string): boolean => {
  const levels = topic.split('/');
  return filter.split('/').every((level, index) => level === '+' || level === levels[index]) && filter.split('/').length === levels.length;
};
