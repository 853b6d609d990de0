import type { AuditEvent } from '../audit-event.ts';
import type { Enrollment } from '../enrollment.ts';
import type { CertificateId, LineName, ThingName } from '../identifiers.ts';
import type { PolicyHolder } from './compare-registry.ts';

/** Part of a list at AWS IoT. */
export interface RegistryPage<Row> {
  readonly rows: readonly Row[];
  /** Where the next page begins; none after the last. */
  readonly next?: string;
}

/** A certificate that has a policy. */
export interface PolicyTarget {
  readonly certificateId: CertificateId;
  readonly arn: string;
}

/** What AWS IoT has, as reconciliation asks for it: each method is one request, unless a thing has hundreds of certificates. */
export interface RegistryReads {
  /** The certificates of a thing; undefined where there is no such thing. */
  certificatesOf(thing: ThingName): Promise<readonly CertificateId[] | undefined>;
  thingsOf(line: LineName, after: string | undefined): Promise<RegistryPage<ThingName>>;
  /** The certificates that a policy is attached to; none where there is no such policy. */
  holdersOf(policyName: string, after: string | undefined): Promise<RegistryPage<PolicyTarget>>;
  thingsWith(certificate: PolicyTarget): Promise<readonly ThingName[]>;
  ageOf(certificate: CertificateId): Promise<Pick<PolicyHolder, 'isActive' | 'isInactive' | 'createdAt' | 'changedAt'>>;
}

/** What was found out of events. Those in neither list are on record. */
export interface SoughtEvents {
  readonly missing: readonly AuditEvent[];
  /** Of which it could not be found out. */
  readonly unknown: readonly AuditEvent[];
}

/** Which events are on record. */
export interface EmittedEvents {
  seek(events: readonly AuditEvent[]): Promise<SoughtEvents>;
}

/** An enrollment that is due, and since when. */
export interface DueEnrollment {
  readonly thing: ThingName;
  /** Milliseconds since the epoch: that of its last event, unless it was put off since. */
  readonly dueAt: number;
}

/** The list of enrollments to look at: every write of one puts it there. */
export interface DueEnrollments {
  /** Those due at a time, the oldest first. */
  list(at: number, limit: number): Promise<readonly DueEnrollment[]>;
  /** Takes one off the list, or puts it off until later. Does nothing where it was written since: it is then due anew. */
  settle(enrollment: Pick<Enrollment, 'thingName' | 'version'>, until: number | undefined): Promise<void>;
}

/** How far the full pass is. */
export interface PassProgress {
  /** Where the pass goes on; none where the last is done. */
  readonly cursor?: string;
  /** Milliseconds since the epoch: no other pass begins before. */
  readonly notBefore: number;
}

export interface PassProgressStore {
  read(): Promise<PassProgress | undefined>;
  write(progress: PassProgress): Promise<void>;
}
