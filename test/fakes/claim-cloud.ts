import { createHash } from 'node:crypto';
import type {
  ClaimAlarms,
  ClaimConnection,
  ClaimConnections,
  ClaimRefusals,
  ClaimUse,
  ConnectionEnding,
} from '../../domain/claim/claim-ports.ts';
import { type CertificateId, type ClaimName, certificateId } from '../../domain/identifiers.ts';
import type { SharedUseSuppressions } from '../../domain/defender/defender-ports.ts';
import type { ClaimCertificates } from '../../domain/ports.ts';
import type { ClaimResources } from '../../lambdas/operations/claims/claim-resources.ts';
import { NOON } from '../builders/enrollment.ts';
import { aLine } from '../builders/identifiers.ts';
import * as z from 'zod/mini';
import { InMemoryClaimStore } from './in-memory-claim-store.ts';
import { recordedAuditLog } from './recorded-audit-log.ts';

/** Fails the named calls, and keeps the order of all that were made. */
class Calls {
  readonly made: string[] = [];
  failing: string | undefined;

  async make<Value>(name: string, act: () => Value): Promise<Awaited<Value>> {
    this.made.push(name);
    if (this.failing === name) throw new Error(`${name} was not possible`);
    return await act();
  }
}

interface CloudCertificate {
  readonly pem: string;
  isActive: boolean;
  readonly policies: Set<string>;
}

/** All that claims have to do with in the cloud, in memory. */
export const claimCloud = ({
  now = () => NOON,
  lines = ['sensor', 'gateway'],
  linesByClaim = lines,
  audit = recordedAuditLog(),
  isAudited = false,
}: {
  readonly now?: () => number;
  readonly lines?: readonly string[];
  /** Those that have a policy for claims. */
  readonly linesByClaim?: readonly string[];
  readonly audit?: ReturnType<typeof recordedAuditLog>;
  /** Whether Device Defender looks for certificates that are shared. */
  readonly isAudited?: boolean;
} = {}) => {
  const calls = new Calls();
  const store = new InMemoryClaimStore();
  const certificates = new Map<CertificateId, CloudCertificate>();
  const connections: ClaimConnection[] = [];
  const ended: string[] = [];
  const alarms = new Set<ClaimName>();
  const refusals = new Map<ClaimName, ClaimRefusals>();
  const suppressed = new Map<CertificateId, number>();
  const resources: ClaimResources = {
    prefix: 'muster',
    lines: lines.map((name) => ({
      name: aLine(name),
      attestation: 'pinned-key',
      approval: name === 'gateway' ? 'operator' : 'none',
      reprovision: 'never',
      allocation: [],
    })),
    audit,
    clock: { now, pause: () => Promise.resolve() },
    claims: counted(store, calls),
    certificates: certificatesIn(
      certificates,
      calls,
      linesByClaim.map((line) => `muster-claim-${line}`),
    ),
    claimConnections: connectionsIn(connections),
    connectionEnding: endingOf(ended, calls),
    claimAlarms: alarmsIn(alarms, calls),
    claimUse: { refusalsSince: () => Promise.resolve(refusals) } satisfies ClaimUse,
    suppressions: isAudited ? suppressionsIn(suppressed, calls) : undefined,
  };
  return { resources, calls, store, certificates, connections, ended, alarms, refusals, audit, suppressed };
};

const suppressionsIn = (suppressed: Map<CertificateId, number>, calls: Calls): SharedUseSuppressions => ({
  suppress: (certificate, untilMs) =>
    calls.make('suppress', () => {
      suppressed.set(certificate, untilMs);
      return true;
    }),
  lift: (certificate) =>
    calls.make('lift', () => {
      suppressed.delete(certificate);
    }),
});

const counted = (store: InMemoryClaimStore, calls: Calls): ClaimResources['claims'] => ({
  create: (claim, key) => calls.make('create', () => store.create(claim, key)),
  rotate: (rotation) => calls.make('rotate', () => store.rotate(rotation)),
  entryOf: (name) => store.entryOf(name),
  list: (page) => store.list(page),
  readClaims: (ids) => store.readClaims(ids),
  close: (claim, event) => calls.make('close', () => store.close(claim, event)),
  markClosed: (name) => calls.make('markClosed', () => store.markClosed(name)),
});

const certificatesIn = (
  certificates: Map<CertificateId, CloudCertificate>,
  calls: Calls,
  policies: readonly string[],
): ClaimCertificates => ({
  issue: (csrPem) =>
    calls.make('issue', () => {
      const id = z.parse(certificateId, createHash('sha256').update(csrPem).update(String(calls.made.length)).digest('hex'));
      certificates.set(id, { pem: `certificate ${id}\n`, isActive: false, policies: new Set() });
      return { certificateId: id, arn: `arn:${id}`, certificatePem: `certificate ${id}\n` };
    }),
  find: (id) =>
    calls.make('find', () => {
      const found = certificates.get(id);
      return found && { certificateId: id, arn: `arn:${id}`, certificatePem: found.pem };
    }),
  hasPolicy: (policy) => Promise.resolve(policies.includes(policy)),
  attachPolicy: ({ certificateId: id }, policy) => calls.make('attachPolicy', () => void certificates.get(id)?.policies.add(policy)),
  setActive: (id, isActive) =>
    calls.make('setActive', () => {
      const found = certificates.get(id);
      if (found !== undefined) found.isActive = isActive;
    }),
  discard: ({ certificateId: id }) => calls.make('discard', () => void certificates.delete(id)),
  dataEndpoint: () => calls.make('dataEndpoint', () => 'x-ats.iot.eu-west-1.amazonaws.com'),
});

const connectionsIn = (connections: ClaimConnection[]): ClaimConnections => ({
  record: (more) => {
    connections.push(...more);
    return Promise.resolve();
  },
  async *since(certificate, ms) {
    await Promise.resolve();
    yield* connections
      .filter((connection) => connection.certificateId === certificate && connection.at >= ms)
      .sort((one, other) => other.at - one.at);
  },
  addressOf: (certificate, clientId) =>
    Promise.resolve(connections.find((one) => one.certificateId === certificate && one.clientId === clientId)?.address),
});

const endingOf = (ended: string[], calls: Calls): ConnectionEnding => ({
  end: (clientId) =>
    calls.make('endConnection', () => {
      if (clientId.startsWith('gone')) return 'gone' as const;
      ended.push(clientId);
      return 'ended' as const;
    }),
});

const alarmsIn = (alarms: Set<ClaimName>, calls: Calls): ClaimAlarms => ({
  put: (name) => calls.make('putAlarms', () => void alarms.add(name)),
  remove: (name) => calls.make('removeAlarms', () => void alarms.delete(name)),
});
