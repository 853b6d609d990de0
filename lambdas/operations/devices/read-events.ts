import type { AuditEvent } from '../../../domain/audit-event.ts';
import type { AuditFilter } from '../../../domain/audit/audit-filter.ts';
import type { LineName } from '../../../domain/identifiers.ts';
import { type OperatorScope, reaches } from '../../../domain/operator-scope.ts';
import { foldSerialNumber } from '../../../domain/serial-number.ts';
import type { DeviceResources } from './device-resources.ts';

/** CloudWatch Logs answers five times a second, and somebody waits. */
const MAX_PAGES = 15;

export interface WantedEvents {
  readonly serialNumber: string;
  readonly line: LineName | undefined;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

export interface ReadEvents {
  readonly events: readonly AuditEvent[];
  readonly isWhole: boolean;
  /** Serials under which a device was refused as unknown, and that are easily taken for the one that is wanted. */
  readonly askedAs: readonly string[];
}

/** The events of a serial within a scope; when nobody asked to come in as it, also as what somebody may have asked instead. */
export const readEvents = async (resources: DeviceResources, wanted: WantedEvents, scope: OperatorScope): Promise<ReadEvents> => {
  const { serialNumber, line, since } = wanted;
  const own = await readAll(resources, since, { serialNumber });
  const events = own.events.filter(
    (event) => isWithin(event, scope) && (line === undefined || event.line === undefined || event.line === line),
  );
  if (events.some(isAsking)) return { events, isWhole: own.isWhole, askedAs: [] };
  const unknown = await readAll(resources, since, { reason: 'unknown-serial', ...(line === undefined ? {} : { line }) });
  const others = unknown.events.filter((event) => isWithin(event, scope)).flatMap((event) => event.serialNumber ?? []);
  const alike = others.filter((other) => other !== serialNumber && foldSerialNumber(other) === foldSerialNumber(serialNumber));
  return { events, isWhole: own.isWhole && unknown.isWhole, askedAs: [...new Set(alike)] };
};

const isAsking = ({ code }: AuditEvent): boolean => code.startsWith('admission.') || code.startsWith('connection.');

const readAll = async ({ auditReader }: DeviceResources, since: number, where: AuditFilter): Promise<Omit<ReadEvents, 'askedAs'>> => {
  const events: AuditEvent[] = [];
  let after: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { entries, next } = await auditReader.page({ since, where, after });
    events.push(...entries.map(({ event }) => event));
    if (next === undefined) return { events, isWhole: true };
    after = next;
  }
  return { events, isWhole: false };
};

// Of what names no tenant nobody knows whether it is theirs.
const isWithin = ({ line, tenant }: AuditEvent, scope: OperatorScope): boolean =>
  reaches(scope, { ...(line === undefined ? {} : { line }), ...(tenant === undefined ? {} : { tenant }) }) &&
  (scope.tenants === undefined || tenant !== undefined) &&
  (scope.lines === undefined || line !== undefined);
