import { parseConfiguration } from '../../domain/configuration.ts';
import type { AuditEvent } from '../../domain/audit-event.ts';
import type { Claim } from '../../domain/claim.ts';
import type { CertificateId } from '../../domain/identifiers.ts';
import type { IssuedClaimCertificate } from '../../domain/ports.ts';
import type { Operator } from '../../cli/operator.ts';
import { InMemoryEnrollmentStore } from '../fakes/in-memory-enrollment-store.ts';
import { aCertificateId } from './identifiers.ts';

export const OPERATOR_ARN = 'arn:aws:iam::111122223333:user/ann';

/** What there is of claim certificates in the cloud, and which call is the next to fail. */
export interface ClaimCloud {
  readonly certificates: Map<CertificateId, { isActive: boolean; readonly policies: Set<string> }>;
  readonly closed: Set<CertificateId>;
  readonly calls: string[];
  failing: string | undefined;
}

/** An operator of a deployment that is all in memory. */
export const anOperator = ({ now = () => Date.UTC(2026, 10, 20, 12) }: { readonly now?: () => number } = {}) => {
  const store = new InMemoryEnrollmentStore();
  const events: AuditEvent[] = [];
  const written: AuditEvent[] = [];
  const cloud: ClaimCloud = { certificates: new Map(), closed: new Set(), calls: [], failing: undefined };
  const call = async (name: string): Promise<void> => {
    cloud.calls.push(name);
    if (cloud.failing === name) throw new Error(`${name} was not possible`);
    return Promise.resolve();
  };
  const operator: Operator = {
    configuration: parseConfiguration(
      { lines: [{ name: 'sensor' }, { name: 'gateway' }], tenants: [{ name: 'acme' }, { name: 'globex' }] },
      ['pki'],
    ),
    store: {
      readForAdmission: store.readForAdmission.bind(store),
      admit: store.admit.bind(store),
      readMany: store.readMany.bind(store),
      replace: store.replace.bind(store),
      register: store.register.bind(store),
      registerAll: store.registerAll.bind(store),
      list: store.list.bind(store),
      listAttention: store.listAttention.bind(store),
      readClaim: store.readClaim.bind(store),
      createClaim: async (claim) => {
        await call('createClaim');
        return store.createClaim(claim);
      },
    },
    closure: {
      closeClaim: async (id) => {
        await call('closeClaim');
        const claim: Claim | undefined = await store.readClaim(id);
        if (claim === undefined) return undefined;
        cloud.closed.add(id);
        return { ...claim, state: 'closed' };
      },
    },
    certificates: certificatesOf(cloud, call),
    audit: {
      emit: (event) => void events.push(event),
      flush: async () => {
        await call('flush');
        written.push(...events.splice(0));
      },
    },
    arn: OPERATOR_ARN,
    now,
  };
  return { operator, store, cloud, events, written };
};

const certificatesOf = (cloud: ClaimCloud, call: (name: string) => Promise<void>): Operator['certificates'] => {
  const at = (id: CertificateId) => {
    const found = cloud.certificates.get(id);
    if (found === undefined) throw new Error(`There is no certificate ${id}.`);
    return found;
  };
  return {
    issue: async (csrPem) => {
      await call('issue');
      const certificateId = aCertificateId(csrPem);
      cloud.certificates.set(certificateId, { isActive: false, policies: new Set() });
      const issued: IssuedClaimCertificate = { certificateId, arn: `arn:${certificateId}`, certificatePem: 'certificate\n' };
      return issued;
    },
    attachPolicy: async ({ certificateId }, policy) => {
      await call('attachPolicy');
      at(certificateId).policies.add(policy);
    },
    setActive: async (id, isActive) => {
      await call('setActive');
      at(id).isActive = isActive;
    },
    discard: async ({ certificateId }) => {
      await call('discard');
      cloud.certificates.delete(certificateId);
    },
    dataEndpoint: async () => {
      await call('dataEndpoint');
      return 'x-ats.iot.eu-west-1.amazonaws.com';
    },
  };
};
