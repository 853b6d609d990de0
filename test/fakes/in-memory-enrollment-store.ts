import type { Admission } from '../../domain/admission.ts';
import { type Claim, hasQuotaLeft, refusalOfClaim } from '../../domain/claim.ts';
import type { Enrollment } from '../../domain/enrollment.ts';
import type { CertificateId, ThingName } from '../../domain/identifiers.ts';
import type { AdmissionOutcome, EnrollmentStore, WriteOutcome } from '../../domain/ports.ts';

/** The enrollment store in two maps, with the conditions of the real one. */
export class InMemoryEnrollmentStore implements EnrollmentStore {
  readonly #enrollments = new Map<ThingName, Enrollment>();
  readonly #claims = new Map<CertificateId, Claim>();

  async readForAdmission({ claim, thing }: { readonly claim: CertificateId; readonly thing: ThingName }, signal?: AbortSignal) {
    await Promise.resolve();
    signal?.throwIfAborted();
    return { claim: this.#claims.get(claim), enrollment: this.#enrollments.get(thing) };
  }

  async admit(admission: Admission, signal?: AbortSignal): Promise<AdmissionOutcome> {
    await Promise.resolve();
    signal?.throwIfAborted();
    const { enrollment, costsQuota, event } = admission;
    const claim = this.#claims.get(admission.claim.certificateId);
    if (this.#enrollments.get(enrollment.thingName)?.version !== enrollment.version - 1) return 'enrollment-changed';
    if (claim === undefined || refusalOfClaim(claim, admission.claim.line, event.at) !== undefined) return 'claim-changed';
    if (costsQuota && !hasQuotaLeft(claim)) return 'claim-changed';
    this.#enrollments.set(enrollment.thingName, enrollment);
    if (costsQuota) this.#claims.set(claim.certificateId, { ...claim, admitted: claim.admitted + 1 });
    return 'written';
  }

  async readMany(things: readonly ThingName[]): Promise<readonly Enrollment[]> {
    await Promise.resolve();
    return [...new Set(things)].flatMap((thing) => this.#enrollments.get(thing) ?? []);
  }

  async replace(next: Enrollment): Promise<WriteOutcome> {
    await Promise.resolve();
    if (this.#enrollments.get(next.thingName)?.version !== next.version - 1) return 'conflict';
    this.#enrollments.set(next.thingName, next);
    return 'written';
  }

  async register(enrollment: Enrollment): Promise<WriteOutcome> {
    await Promise.resolve();
    if (this.#enrollments.has(enrollment.thingName)) return 'conflict';
    this.#enrollments.set(enrollment.thingName, enrollment);
    return 'written';
  }

  async readClaim(certificateId: CertificateId): Promise<Claim | undefined> {
    await Promise.resolve();
    return this.#claims.get(certificateId);
  }

  async createClaim(claim: Claim): Promise<WriteOutcome> {
    await Promise.resolve();
    if (this.#claims.has(claim.certificateId)) return 'conflict';
    this.#claims.set(claim.certificateId, claim);
    return 'written';
  }
}
