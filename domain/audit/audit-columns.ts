import type { AuditEvent } from '../audit-event.ts';

/** Below this, in the archive, are the events of each day. */
export const EVENTS_PREFIX = 'events/';

// Types of Apache Hive; whatever is a text in JSON is a text in the table.
const columns = {
  ...{ schemaVersion: 'int', id: 'string', at: 'bigint', code: 'string', actor: 'struct<kind:string,arn:string,name:string>' },
  ...{ reason: 'string', correlationId: 'string', line: 'string', tenant: 'string', formerTenant: 'string', approach: 'string' },
  ...{ serialNumber: 'string', thingName: 'string', certificateId: 'string', keyDigest: 'string', boundKeyDigest: 'string' },
  ...{ credentialId: 'string', addressDigest: 'string', operation: 'string', awsService: 'string', resource: 'string' },
  ...{ awsReason: 'string', scope: 'string', proposedBy: 'string', note: 'string', manufacturer: 'string', kid: 'string' },
  ...{ manifest: 'string', counts: 'struct<rows:bigint,created:bigint,unchanged:bigint,conflicting:bigint,refused:bigint>' },
  ...{ vendorCaId: 'string', claim: 'string', claimCertificateId: 'string', leftOut: 'bigint', lost: 'bigint', rotation: 'string' },
  ...{ finding: 'string', until: 'bigint', since: 'bigint' },
} satisfies Readonly<Record<keyof AuditEvent, string>>;

/** The columns of the table over the archive, one for each field of an event; a table knows small letters only. */
export const auditColumns = Object.entries(columns).map(([name, type]) => ({ name: name.toLowerCase(), type }));
