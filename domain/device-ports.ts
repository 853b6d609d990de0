import type { AuditFilter } from './audit/audit-filter.ts';
import type { AuditEvent } from './audit-event.ts';
import type { CertificateId, ThingName } from './identifiers.ts';
import type { CertificateStatus } from './story/facts.ts';

/** The groups that things are in at AWS IoT. Changes succeed when it is already so, and when there is no such thing. */
export interface ThingGroups {
  /** False when there is no such thing. */
  isIn(thing: ThingName, group: string): Promise<boolean>;
  add(thing: ThingName, group: string): Promise<void>;
  remove(thing: ThingName, group: string): Promise<void>;
}

/** How certificates stand at AWS IoT. */
export interface CertificateStates {
  statusOf(certificate: CertificateId): Promise<CertificateStatus>;
  /** Takes one out of use for good, without deleting it; succeeds when it is already so or there is none. */
  revoke(certificate: CertificateId): Promise<void>;
  /** Takes one out of use that is active, and leaves any other as it is. */
  deactivate(certificate: CertificateId): Promise<void>;
  /** Puts one back into use that was taken out of it, and leaves any other as it is: one that is revoked, above all. */
  reactivate(certificate: CertificateId): Promise<void>;
}

export interface AuditQuery {
  /** Milliseconds since the epoch, by the times of the log. */
  readonly since: number;
  /** The same; what was logged from then on is left out. */
  readonly until?: number | undefined;
  readonly where: AuditFilter;
  /** The most entries that a page has, up to 10,000; a page may have fewer. */
  readonly limit?: number | undefined;
  /** Where an earlier page ended. */
  readonly after?: string | undefined;
}

export interface LoggedEvent {
  /** When it came into the log, in milliseconds since the epoch; what it tells of may have been earlier. */
  readonly loggedAt: number;
  readonly event: AuditEvent;
}

export interface AuditPage {
  readonly entries: readonly LoggedEvent[];
  /** How many entries were written by another version and cannot be read. */
  readonly unreadable: number;
  /** Where the next page begins; none after the last. A page may be empty and yet have a next. */
  readonly next?: string;
}

/** Reads the audit log, oldest first. */
export interface AuditReader {
  page(query: AuditQuery): Promise<AuditPage>;
}
