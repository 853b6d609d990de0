import { setTimeout } from 'node:timers/promises';
import { eventually } from '../../../demo/eventually.ts';
import type { AuditEvent } from '../../../domain/audit-event.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import type { ReasonCode } from '../../../domain/reason-code.ts';
import { requestPem } from '../../local/iot/certificate-requests.ts';
import { decisionsOf } from '../drivers/audit-log.ts';
import { type CertificateTrace, isThing, traceOf } from '../drivers/certificate-trace.ts';
import { type Answer, ClaimConnection, type ClaimCredential, type IssuedCertificate } from '../drivers/claim-connection.ts';
import { type Stage, enrollmentOf, thingOf } from '../drivers/stage.ts';

/** A device that means no good, or none that is well made. */
export interface Attempt {
  readonly connection: ClaimConnection;
  /** Of a device that is registered and has not been seen yet. */
  readonly serial: string;
  /** Has a CSR signed, a good one unless given. */
  readonly issue: (csrPem?: string) => Promise<IssuedCertificate>;
}

export interface BadRequest {
  readonly what: string;
  /** The status code that AWS IoT answers with, or that it says nothing and hangs up. */
  readonly answer: 400 | 403 | 404 | 'hung up';
  /** What our code put on record; absent where AWS IoT refuses before it runs. */
  readonly reason?: ReasonCode;
  /** Asks another template than the claim's own, with a claim whose policy is wide enough to ask any. */
  readonly template?: string;
  readonly send: (attempt: Attempt) => Promise<Answer>;
}

/** What a bad request led to. */
export interface Aftermath {
  readonly answer: Answer;
  readonly record: readonly AuditEvent[];
  /** Of every certificate that was issued on the way. */
  readonly certificates: readonly CertificateTrace[];
  readonly isThing: boolean;
  readonly enrollment: Enrollment | undefined;
  /** What the device that the serial belongs to was answered when it came after all. */
  readonly honestAnswer: Answer;
}

export interface Claims {
  /** Of the line, for requests that are all to be refused. */
  readonly bad: ClaimCredential;
  /** The same, with a policy that lets it ask any template. */
  readonly wide: ClaimCredential;
  /** Of the honest devices. */
  readonly honest: ClaimCredential;
}

const CONCURRENCY = 6;
/** Longer than it takes an event to reach the log. */
const SILENCE_MS = 150;

/** Sends every request, several at a time, each from a connection and for a serial of its own. */
export const sendAll = (stage: Stage, claims: Claims, requests: readonly BadRequest[]): ReadonlyMap<BadRequest, Promise<Aftermath>> => {
  const lanes: Promise<unknown>[] = Array.from({ length: CONCURRENCY }, () => Promise.resolve());
  return new Map(
    requests.map((request, index) => {
      const lane = index % CONCURRENCY;
      const aftermath = (lanes[lane] ?? Promise.resolve()).then(() => send(stage, claims, { request, serial: serialOf(index) }));
      // It is for the request's own test to fail.
      lanes[lane] = aftermath.catch(() => undefined);
      return [request, aftermath];
    }),
  );
};

/** Has both cases, a letter that Unicode can write in two ways, and a space. */
export const serialOf = (index: number): string => `Bad É-${index}`;

const send = async (stage: Stage, claims: Claims, { request, serial }: { request: BadRequest; serial: string }): Promise<Aftermath> => {
  const claim = request.template === undefined ? claims.bad : claims.wide;
  const connection = await ClaimConnection.open(stage.shared, claim, request.template === undefined ? {} : { template: request.template });
  const issued: IssuedCertificate[] = [];
  const issue = async (csrPem = requestPem()): Promise<IssuedCertificate> => {
    const certificate = await connection.certificateFor(csrPem);
    issued.push(certificate);
    return certificate;
  };
  const answer = await request.send({ connection, serial, issue });
  const record = await readRecord(stage, connection.clientId, request.reason !== undefined);
  await connection.close();
  return {
    answer,
    record,
    certificates: await Promise.all(issued.map(({ certificateId }) => traceOf(stage.iot, certificateId))),
    isThing: await isThing(stage.iot, thingOf(stage, 'sensor', serial)),
    enrollment: await enrollmentOf(stage, 'sensor', serial),
    honestAnswer: await onboardHonestly(stage, claims.honest, serial),
  };
};

const readRecord = async (stage: Stage, clientId: string, isExpected: boolean): Promise<readonly AuditEvent[]> => {
  if (!isExpected) await setTimeout(SILENCE_MS);
  return eventually('the audit event', async () => {
    const record = await decisionsOf(stage, clientId);
    return isExpected && record.length === 0 ? undefined : record;
  });
};

const onboardHonestly = async ({ shared }: Stage, claim: ClaimCredential, serial: string): Promise<Answer> => {
  const connection = await ClaimConnection.open(shared, claim);
  const { certificateOwnershipToken } = await connection.certificateFor(requestPem());
  const answer = await connection.registerThing(certificateOwnershipToken, { SerialNumber: serial });
  await connection.close();
  return answer;
};
