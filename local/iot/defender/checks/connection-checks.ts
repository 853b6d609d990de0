import type { NonCompliance } from '../audit-finding.ts';
import type { ClientConflict, SharedUse } from '../connection-history.ts';
import { type AuditCheck, type AuditFacts, deviceCertificate } from './audit-check.ts';

const latestFirst = <Entry extends { readonly at: number }>(entries: readonly Entry[]): readonly Entry[] =>
  entries.toSorted((one, other) => other.at - one.at);

const mostRelated = 10;

const shared = ({ registry }: AuditFacts, certificateId: string, uses: readonly SharedUse[]): NonCompliance => ({
  resource: deviceCertificate(registry, certificateId),
  ...{ reasonCode: 'CERTIFICATE_SHARED_BY_MULTIPLE_DEVICES', reason: 'Certificate is shared by multiple devices.' },
  related: latestFirst(uses)
    .slice(0, mostRelated)
    .flatMap(({ clientIds, at }) =>
      clientIds.map((clientId) => ({
        resourceType: 'CLIENT_ID' as const,
        resourceIdentifier: { clientId },
        additionalInfo: { CONNECTION_TIME: new Date(at).toISOString() },
      })),
    ),
});

/** Of the certificates that the account has, those by which two clients were connected at once. */
export const certificateShared: AuditCheck = (facts) => {
  const { registry, connections, connectionsFrom, connectionsUntil } = facts;
  const uses = connections
    .sharedBetween(connectionsFrom, connectionsUntil)
    .filter(({ certificateId }) => registry.certificates.has(certificateId));
  const byCertificate = Map.groupBy(uses, ({ certificateId }) => certificateId);
  return { total: registry.certificates.size, found: [...byCertificate].map(([id, found]) => shared(facts, id, found)) };
};

const conflict = (clientId: string, conflicts: readonly ClientConflict[]): NonCompliance => ({
  resource: {
    resourceType: 'CLIENT_ID',
    resourceIdentifier: { clientId },
    additionalInfo: {
      DISCONNECT_TIMES: latestFirst(conflicts)
        .map(({ at }) => new Date(at).toISOString())
        .slice(0, mostRelated)
        .join(','),
    },
  },
  ...{ reasonCode: 'DUPLICATE_CLIENT_ID_ACROSS_CONNECTIONS', reason: 'Client ID is used by several connections.' },
});

export const conflictingClientIds: AuditCheck = ({ connections, behaviour, connectionsFrom, connectionsUntil }) => {
  const byClient = Map.groupBy(connections.conflictsBetween(connectionsFrom, connectionsUntil), ({ clientId }) => clientId);
  const often = [...byClient].filter(([, conflicts]) => conflicts.length >= behaviour['defender.client-id-conflicts']);
  return { total: byClient.size, found: often.map(([clientId, conflicts]) => conflict(clientId, conflicts)) };
};
