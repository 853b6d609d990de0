import type { AdmissionWrite } from './admission.ts';
import type { Attention } from './attention.ts';
import type { AuditEvent } from './audit-event.ts';
import type { Claim } from './claim.ts';
import type { Enrollment } from './enrollment.ts';
import type { EnrollmentState } from './enrollment-state.ts';
import type { CertificateId, LineName, TenantName, ThingName } from './identifiers.ts';

/** `conflict`: somebody else wrote first, and nothing of this write was kept. */
export type WriteOutcome = 'written' | 'conflict';

/**
 * Whether what an admission changes was written, or why not:
 * - `enrollment-changed`, `claim-changed`: it is no longer what was read
 * - `claim-exhausted`: the claim that this one counts on has no quota left
 * - `contended`: others were writing the same
 */
export type AdmissionOutcome = 'written' | 'enrollment-changed' | 'claim-changed' | 'claim-exhausted' | 'contended';

/** What a decision about an admission is made from. */
export interface AdmissionRecords {
  readonly claim: Claim | undefined;
  readonly enrollment: Enrollment | undefined;
}

/** What to keep of a list; none said means all. */
export interface EnrollmentFilter {
  readonly lines?: readonly LineName[] | undefined;
  readonly tenants?: readonly TenantName[] | undefined;
  readonly states?: readonly EnrollmentState[] | undefined;
}

/** Which part of a list. */
export interface PageRequest {
  /** At most so many; from 1. */
  readonly limit: number;
  /** The `next` of the page before. Text that is no such thing begins at the start. */
  readonly after?: string | undefined;
}

/** Part of a list. It may hold fewer rows than asked for, even none, and yet not be the last. */
export interface EnrollmentPage {
  readonly rows: readonly Enrollment[];
  /** Where the next page begins; none after the last. */
  readonly next?: string;
}

/** Where enrollments and claims are kept. Every write is conditional on what was read. */
export interface EnrollmentStore {
  /** One strongly consistent read of both. Rejects when `signal` aborts. */
  readForAdmission(key: { readonly claim: CertificateId; readonly thing: ThingName }, signal?: AbortSignal): Promise<AdmissionRecords>;
  /** Writes enrollment and claim together or not at all. Rejects when `signal` aborts; whether it was written is then unknown. */
  admit(write: AdmissionWrite, signal?: AbortSignal): Promise<AdmissionOutcome>;
  /** Those of the named things that are enrolled, read together. */
  readMany(things: readonly ThingName[]): Promise<readonly Enrollment[]>;
  /** The same, and those of serials that differ only in case, width or white space: for people who look for one. */
  readAlike(things: readonly ThingName[]): Promise<readonly Enrollment[]>;
  /** Writes a next version over the one before it. */
  replace(next: Enrollment): Promise<WriteOutcome>;
  /** Writes a first version; `conflict` when the device is enrolled already. */
  register(enrollment: Enrollment): Promise<WriteOutcome>;
  /**
   * Writes first versions, at most a hundred, together: of each `written`, or the enrollment that is there already, which
   * may be one whose serial differs in case, width or white space. Nothing is written twice, whatever is repeated.
   */
  registerAll(enrollments: readonly Enrollment[]): Promise<readonly ('written' | Enrollment)[]>;
  /** All enrollments, in no order, each once. Reads the whole table: for people, never for a device. */
  list(filter: EnrollmentFilter, page: PageRequest): Promise<EnrollmentPage>;
  /** Those that wait for an operator; a change may take a moment to show. */
  listAttention(attention: Attention, filter: EnrollmentFilter, page: PageRequest): Promise<EnrollmentPage>;
  readClaim(certificateId: CertificateId): Promise<Claim | undefined>;
  createClaim(claim: Claim): Promise<WriteOutcome>;
}

/** The record of decisions. Emitting never fails a decision: what was written with the state is emitted again later. */
export interface AuditLog {
  emit(event: AuditEvent): void;
}

/** Takes certificates out of use at AWS IoT. Succeeds when that is already so. */
export interface CertificateRetirement {
  /** @param thing whose it is; none where it is nobody's */
  retire(certificate: CertificateId, thing: ThingName | undefined): Promise<void>;
}

/** A certificate for a claim, and what AWS IoT calls it where an id is not enough. */
export interface IssuedClaimCertificate {
  readonly certificateId: CertificateId;
  readonly arn: string;
  readonly certificatePem: string;
}

/** The certificates of claims at AWS IoT. */
export interface ClaimCertificates {
  /** Has a request signed. The certificate is inactive: it opens nothing until it is activated. */
  issue(csrPem: string): Promise<IssuedClaimCertificate>;
  /** One that was issued before. */
  find(certificate: CertificateId): Promise<IssuedClaimCertificate | undefined>;
  /** Whether there is such a policy: there is one for each line whose devices come by claim. */
  hasPolicy(policyName: string): Promise<boolean>;
  attachPolicy(certificate: IssuedClaimCertificate, policyName: string): Promise<void>;
  /** Deactivating succeeds when there is no such certificate, as there is none of a technician's claim. */
  setActive(certificate: CertificateId, isActive: boolean): Promise<void>;
  /** Deactivates, detaches and deletes; succeeds when that is already so. */
  discard(certificate: IssuedClaimCertificate, policyName: string): Promise<void>;
  /** Where devices connect to, as `host`. */
  dataEndpoint(): Promise<string>;
}
