import type { Actor, AuditEvent } from './audit-event.ts';
import { CODE_USED_BY, type Requirement } from './enroller.ts';
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
  readonly attributes?: Enrollment['attributes'] | undefined;
  /** The manifest that it stands in: SHA-256 of the file in hexadecimal digits. */
  readonly manifest?: string | undefined;
}

/** Who says it, and when. */
export interface Stamp {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly actor: Actor;
}

/** How it comes to be said. */
export interface RegistrationStamp extends Stamp, Pick<AuditEvent, 'operation' | 'scope' | 'manufacturer'> {}

/** The first version of an enrollment. */
export const registerDevice = (prefix: string, facts: DeviceFacts, stamp: RegistrationStamp): Enrollment => {
  const { line, serialNumber, tenant, approach, requirement, attributes, manifest } = facts;
  const thingName = thingNameOf(prefix, line, serialNumber);
  const from = manifest === undefined ? {} : { manifest };
  const known = attributes === undefined ? {} : { attributes };
  const event: AuditEvent = {
    schemaVersion: 1,
    ...stamp,
    code: 'device.registered',
    line,
    tenant,
    approach,
    serialNumber,
    thingName,
    ...from,
  };
  const first = { state: 'registered', version: 1, certificates: [], toRetire: [] } as const;
  return { line, serialNumber, tenant, approach, requirement, ...known, ...from, thingName, ...first, lastEvent: event };
};

/** Whether a device that is enrolled is what these facts say: saying them again then changes nothing. The manifest may be another. */
export const isAsSaid = (enrollment: DeviceFacts, facts: DeviceFacts): boolean =>
  enrollment.line === facts.line &&
  enrollment.serialNumber === facts.serialNumber &&
  enrollment.tenant === facts.tenant &&
  enrollment.approach === facts.approach &&
  isSameRequirement(enrollment.requirement, facts.requirement) &&
  sortedEntries(enrollment.attributes ?? {}) === sortedEntries(facts.attributes ?? {});

/** Whether both ask the same of a device. What it has done with it since, as with a code that works once, does not count. */
export const isSameRequirement = (one: Requirement, other: Requirement): boolean =>
  sortedEntries(asEnrolled(one)) === sortedEntries(asEnrolled(other));

// What the device has done with it since is not for an import to say.
const asEnrolled = (requirement: Requirement): Requirement =>
  Object.fromEntries(Object.entries(requirement).filter(([name]) => name !== CODE_USED_BY));

const sortedEntries = (record: Enrollment['requirement']): string =>
  JSON.stringify(Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1)));
