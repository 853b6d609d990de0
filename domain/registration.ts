import type { Actor, AuditEvent } from './audit-event.ts';
import type { Enrollment } from './enrollment.ts';
import type { LineName, TenantName } from './identifiers.ts';
import type { SerialNumber } from './serial-number.ts';
import { thingNameOf } from './thing-name.ts';

/** What an operator says of a device before anyone has seen it. */
export interface DeviceFacts {
  readonly line: LineName;
  readonly serialNumber: SerialNumber;
  readonly tenant: TenantName;
  readonly approach: string;
  readonly requirement: Enrollment['requirement'];
}

/** Who says it, and when. */
export interface Stamp {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly actor: Actor;
}

/** The first version of an enrollment. */
export const registerDevice = (prefix: string, facts: DeviceFacts, stamp: Stamp): Enrollment => {
  const { line, serialNumber, tenant, approach } = facts;
  const thingName = thingNameOf(prefix, line, serialNumber);
  const event: AuditEvent = { schemaVersion: 1, ...stamp, code: 'device.registered', line, tenant, approach, serialNumber, thingName };
  return { ...facts, thingName, state: 'registered', version: 1, certificates: [], toRetire: [], lastEvent: event };
};

/** Whether a device that is enrolled is what these facts say: saying them again then changes nothing. */
export const isAsSaid = (enrollment: Enrollment, facts: DeviceFacts): boolean =>
  enrollment.line === facts.line &&
  enrollment.serialNumber === facts.serialNumber &&
  enrollment.tenant === facts.tenant &&
  enrollment.approach === facts.approach &&
  sortedEntries(enrollment.requirement) === sortedEntries(facts.requirement);

const sortedEntries = (requirement: Enrollment['requirement']): string =>
  JSON.stringify(Object.entries(requirement).sort(([one], [other]) => (one < other ? -1 : 1)));
