import 'reflect-metadata'; // @peculiar/x509 resolves its parts through it
import { createPublicKey } from 'node:crypto';
import { Pkcs10CertificateRequest } from '@peculiar/x509';
import * as z from 'zod/mini';
import type { Enrollment } from '../../../domain/enrollment.ts';
import type { CertificateId } from '../../../domain/identifiers.ts';
import type { RenewalAnswer } from '../../../domain/rotation/renewal-message.ts';
import type { Renewing } from '../../../domain/rotation/renewing.ts';
import { rotationId } from '../../../domain/rotation/rotation.ts';
import type { KnownCertificate } from '../../../domain/registry-ports.ts';
import { createCredentialRenewal } from '../../../lambdas/credential-renewal/credential-renewal.ts';
import { certificateFor } from '../../builders/device-certificate.ts';
import { NOON, aCertificate, anEnrollment } from '../../builders/enrollment.ts';
import { idOf } from '../../fakes/entrance-cloud.ts';
import { InMemoryEnrollmentStore } from '../../fakes/in-memory-enrollment-store.ts';
import { numberedIds } from '../../fakes/numbered-ids.ts';
import { recordedAuditLog } from '../../fakes/recorded-audit-log.ts';
import { SimulatedClock } from '../../fakes/simulated-clock.ts';
import { requestPem } from '../../local/iot/certificate-requests.ts';

export const ROTATION = z.parse(rotationId, 'muster-sensor-1');
export const UNTIL = NOON + 3_600_000;

/** What it connects with until the rotation is complete. */
export const birth = aCertificate('birth');

export const rotating = (more: Partial<Enrollment> = {}): Enrollment =>
  anEnrollment({
    ...{ state: 'rotating', boundKey: birth.key, certificates: [birth], certificateInUse: birth.id },
    rotation: { id: ROTATION, startedAt: NOON - 1_000, until: UNTIL },
    ...more,
  });

/** Where the power goes: at the call of this number, from one, before it is made or after it was. */
interface Failure {
  readonly at: number;
  readonly when: 'before' | 'after';
}

interface WorldOptions {
  readonly enrollment?: Enrollment;
  readonly approaches: Readonly<Record<string, Renewing>>;
  readonly sameKeyLines?: readonly string[];
}

interface Question {
  readonly thing?: string;
  readonly principal?: string;
  readonly rotation?: string;
  readonly offer?: unknown;
  /** Sent as it is, in the place of rotation and offer. */
  readonly raw?: string | Buffer;
}

type Certificates = Map<CertificateId, KnownCertificate & { readonly thing?: string; readonly policy?: string }>;

/** The renewal with all that it reaches, in memory. */
export const renewalWorld = async ({ enrollment = rotating(), approaches, sameKeyLines = [] }: WorldOptions) => {
  const store = new InMemoryEnrollmentStore();
  await store.register(enrollment);
  const { thingName } = enrollment;
  const audit = recordedAuditLog();
  const clock = new SimulatedClock(NOON);
  const certificates: Certificates = new Map();
  const told: { readonly topic: string; readonly message: RenewalAnswer }[] = [];
  const calls: string[] = [];
  const state: { failure: Failure | undefined; before: (call: string) => Promise<unknown> } = {
    failure: undefined,
    before: () => Promise.resolve(),
  };

  const call = async <Result>(name: string, run: () => Result | Promise<Result>): Promise<Result> => {
    await state.before(name);
    calls.push(name);
    const isHit = calls.length === state.failure?.at;
    if (isHit && state.failure?.when === 'before') throw new Error(`The power goes before ${name}.`);
    const result = await run();
    if (isHit) throw new Error(`The power goes after ${name}.`);
    return result;
  };
  const change = (id: CertificateId, more: Partial<KnownCertificate> & { readonly thing?: string; readonly policy?: string }): void => {
    const found = certificates.get(id);
    if (found === undefined) throw new Error('There is no such certificate.');
    certificates.set(id, { ...found, ...more });
  };
  const issue = async (csrPem: string) => {
    const { publicKey } = new Pkcs10CertificateRequest(csrPem);
    const certificatePem = await certificateFor(createPublicKey(publicKey.toString('pem')));
    const certificateId = idOf(certificatePem);
    certificates.set(certificateId, { certificateId, arn: certificateId, certificatePem, status: 'INACTIVE' });
    return { certificateId, certificatePem, arn: certificateId };
  };

  const renew = createCredentialRenewal({
    ...{ prefix: 'muster', topicPrefix: 'muster', approaches, sameKeyLines, audit, clock, newId: numberedIds('renewal') },
    store: {
      readMany: (things) => call('read', () => store.readMany(things)),
      replace: (next) => call('write', () => store.replace(next)),
    },
    issuing: { issue: ({ csrPem }) => call('issue', () => issue(csrPem)) },
    certificates: {
      find: (id) => call('find', () => certificates.get(id)),
      activate: (id) =>
        call('activate', () => {
          change(id, { status: 'ACTIVE' });
        }),
    },
    certificateStates: {
      deactivate: (id) =>
        call('deactivate', () => {
          change(id, { status: 'INACTIVE' });
        }),
    },
    placing: {
      bind: ({ thingName: thing, policy }, { arn }) =>
        call('bind', () => {
          change(idNamed(arn), { thing, policy });
        }),
    },
    retirement: { retire: (id) => call('retire', () => void certificates.delete(id)) },
    messages: { tell: (topic, message) => call('tell', () => void told.push({ topic, message })) },
  });
  const idNamed = (arn: string): CertificateId => [...certificates.keys()].find((id) => id === arn) ?? birth.id;

  const ask = async ({ thing = thingName, principal = birth.id, rotation = ROTATION, offer = {}, raw }: Question = {}): Promise<void> => {
    const payload = Buffer.from(raw ?? JSON.stringify({ rotation, offer })).toString('base64');
    await renew({ thing, principal, payload }, { awsRequestId: `request-${calls.length}` });
  };
  return {
    ...{ store, certificates, told, calls, state, clock, ask, renew, events: audit.events },
    read: async () => {
      const [found] = await store.readMany([thingName]);
      if (found === undefined) throw new Error('It is enrolled no more.');
      return found;
    },
    active: () => [...certificates.values()].filter(({ status }) => status === 'ACTIVE').map(({ certificateId }) => certificateId),
  };
};

/** A request in the name of the device. */
export const aRequest = (options: Parameters<typeof requestPem>[0] = {}) => ({ csr: requestPem({ commonName: 'SN-1', ...options }) });
