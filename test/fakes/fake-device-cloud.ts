import { isWanted } from '../../domain/audit/audit-filter.ts';
import type { AuditEvent } from '../../domain/audit-event.ts';
import type { AuditQuery, LoggedEvent } from '../../domain/device-ports.ts';
import type { CertificateId, ThingName } from '../../domain/identifiers.ts';
import type { CertificateStatus } from '../../domain/story/facts.ts';
import type { DeviceResources } from '../../lambdas/operations/devices/device-resources.ts';

type Ports = Pick<
  DeviceResources,
  'auditReader' | 'thingGroups' | 'certificateStates' | 'connectionEnding' | 'claimConnections' | 'deviceRemoval'
>;

interface CloudState {
  failing: string | undefined;
  /** What AWS IoT has not finished to detach. */
  detaching: 'certificates' | 'thing' | undefined;
  beforeCall: (call: string) => Promise<void>;
}

const DEFAULT_PAGE = 10_000;

/** What AWS knows of devices beside the table, in memory: calls are remembered, and the one named by `failing` is refused. */
export const fakeDeviceCloud = (audit: { readonly events: readonly AuditEvent[] }) => {
  const calls: string[] = [];
  const groups = new Map<string, Set<ThingName>>();
  const certificates = new Map<CertificateId, CertificateStatus>();
  const attached = new Map<ThingName, Set<CertificateId>>();
  const addresses = new Map<string, string>();
  const state: CloudState = {
    failing: undefined,
    detaching: undefined,
    beforeCall: () => Promise.resolve(),
  };
  const call = async (name: string): Promise<void> => {
    await state.beforeCall(name);
    calls.push(name);
    if (state.failing === name) throw new Error(`AWS IoT is not in the mood to ${name}`);
  };
  const membersOf = (group: string): Set<ThingName> => {
    const members = groups.get(group) ?? new Set();
    groups.set(group, members);
    return members;
  };
  const ports: Ports = {
    auditReader: { page: (query) => Promise.resolve(pageOf(audit.events, query)) },
    thingGroups: {
      isIn: async (thing, group) => {
        await call(`look into ${group}`);
        return membersOf(group).has(thing);
      },
      add: async (thing, group) => {
        await call(`add to ${group}`);
        membersOf(group).add(thing);
      },
      remove: async (thing, group) => {
        await call(`remove from ${group}`);
        membersOf(group).delete(thing);
      },
    },
    certificateStates: {
      statusOf: (certificate) => Promise.resolve(certificates.get(certificate) ?? 'GONE'),
      revoke: async (certificate) => {
        await call(`revoke ${certificate.slice(0, 8)}`);
        certificates.set(certificate, 'REVOKED');
      },
      deactivate: async (certificate) => {
        await call(`deactivate ${certificate.slice(0, 8)}`);
        if (certificates.get(certificate) === 'ACTIVE') certificates.set(certificate, 'INACTIVE');
      },
      reactivate: async (certificate) => {
        await call(`reactivate ${certificate.slice(0, 8)}`);
        if (certificates.get(certificate) === 'INACTIVE') certificates.set(certificate, 'ACTIVE');
      },
    },
    connectionEnding: {
      end: async (clientId) => {
        await call(`end ${clientId}`);
        return 'ended';
      },
    },
    deviceRemoval: {
      certificatesOf: async (thing) => {
        await call('look what is attached');
        return [...(attached.get(thing) ?? [])];
      },
      removeCertificate: async (certificate, thing) => {
        await call(`remove ${certificate.slice(0, 8)}`);
        attached.get(thing)?.delete(certificate);
        certificates.delete(certificate);
        return state.detaching === 'certificates' ? 'detaching' : 'gone';
      },
      removeThing: async (thing) => {
        await call('remove the thing');
        if (state.detaching === 'thing' || (attached.get(thing)?.size ?? 0) > 0) return 'detaching';
        for (const members of groups.values()) members.delete(thing);
        attached.delete(thing);
        return 'gone';
      },
    },
    claimConnections: { addressOf: (_certificate, clientId) => Promise.resolve(addresses.get(clientId)) },
  };
  return { ports, calls, groups: { membersOf }, certificates, attached, addresses, state };
};

const pageOf = (events: readonly AuditEvent[], { since, until = Infinity, where, limit = DEFAULT_PAGE, after }: AuditQuery) => {
  const found = events
    .filter((event) => event.at >= since && event.at < until && isWanted(event, where))
    .map((event): LoggedEvent => ({ loggedAt: event.at, event }));
  const from = Number(after ?? 0);
  const next = from + limit;
  return { entries: found.slice(from, next), unreadable: 0, ...(next < found.length ? { next: String(next) } : {}) };
};
