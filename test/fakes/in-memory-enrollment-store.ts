import { type OfferedProof, refusalOfProof, withProof } from '../../domain/connection/accepted-proof.ts';
import type { AdmissionWrite } from '../../domain/admission.ts';
import { type Attention, attentionOf } from '../../domain/attention.ts';
import { type Claim, refusalOfClaim } from '../../domain/claim.ts';
import type { Acceptance, ConnectionStore } from '../../domain/connection/connection-ports.ts';
import { withoutLookAlike } from '../../domain/admission/device-judgement.ts';
import type { Enrollment } from '../../domain/enrollment.ts';
import type { CertificateId, ThingName } from '../../domain/identifiers.ts';
import type { AdmissionOutcome, EnrollmentFilter, EnrollmentPage, EnrollmentStore, PageRequest, WriteOutcome } from '../../domain/ports.ts';
import { enrollmentKeyOf } from '../../domain/thing-name.ts';

/** The enrollment store in two maps, with the conditions of the real one. */
export class InMemoryEnrollmentStore implements EnrollmentStore, ConnectionStore {
  readonly #enrollments = new Map<string, Enrollment>();
  readonly #claims = new Map<CertificateId, Claim>();

  async readForAdmission({ claim, thing }: { readonly claim: CertificateId; readonly thing: ThingName }, signal?: AbortSignal) {
    await Promise.resolve();
    signal?.throwIfAborted();
    return { claim: this.#claims.get(claim), enrollment: this.#found(thing) };
  }

  async admit({ enrollment, claim: read, costsQuota }: AdmissionWrite, signal?: AbortSignal): Promise<AdmissionOutcome> {
    await Promise.resolve();
    signal?.throwIfAborted();
    const { at } = enrollment.lastEvent;
    const claim = this.#claims.get(read.certificateId);
    if (this.#found(enrollment.thingName)?.version !== enrollment.version - 1) return 'enrollment-changed';
    if (claim === undefined || refusalOfClaim(claim, read.line, at) !== undefined) return 'claim-changed';
    if (costsQuota) {
      const counter = this.#claims.get(read.countsOn ?? claim.certificateId);
      if (counter === undefined || counter.admitted >= counter.quota)
        return read.countsOn === undefined ? 'claim-changed' : 'claim-exhausted';
      this.#claims.set(counter.certificateId, { ...counter, admitted: counter.admitted + 1, lastAdmittedAt: at });
    }
    this.#keep(enrollment);
    return 'written';
  }

  async readMany(things: readonly ThingName[]): Promise<readonly Enrollment[]> {
    return (await this.readAlike(things)).filter(({ thingName }) => things.includes(thingName));
  }

  async readAlike(things: readonly ThingName[]): Promise<readonly Enrollment[]> {
    await Promise.resolve();
    return [...new Set(things.flatMap((thing) => this.#found(thing) ?? []))];
  }

  async replace(next: Enrollment): Promise<WriteOutcome> {
    await Promise.resolve();
    if (this.#found(next.thingName)?.version !== next.version - 1) return 'conflict';
    this.#keep(next);
    return 'written';
  }

  async register(enrollment: Enrollment): Promise<WriteOutcome> {
    const [outcome] = await this.registerAll([enrollment]);
    return outcome === 'written' ? 'written' : 'conflict';
  }

  async registerAll(enrollments: readonly Enrollment[]): Promise<readonly ('written' | Enrollment)[]> {
    await Promise.resolve();
    return enrollments.map((enrollment) => {
      const existing = this.#found(enrollment.thingName);
      if (existing === undefined) this.#keep(enrollment);
      return existing ?? 'written';
    });
  }

  async list(filter: EnrollmentFilter, page: PageRequest): Promise<EnrollmentPage> {
    await Promise.resolve();
    return pageOf([...this.#enrollments.values()], filter, page);
  }

  async listAttention(attention: Attention, filter: EnrollmentFilter, page: PageRequest): Promise<EnrollmentPage> {
    await Promise.resolve();
    const waiting = [...this.#enrollments.values()].filter((enrollment) => attentionOf(enrollment) === attention);
    return pageOf(waiting, filter, page);
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

  async accept(offered: OfferedProof, signal: AbortSignal): Promise<Acceptance> {
    await Promise.resolve();
    signal.throwIfAborted();
    const { enrollment } = withoutLookAlike({ ...offered, enrollment: this.#found(offered.thingName) });
    const reason = enrollment === undefined ? 'unknown-serial' : refusalOfProof(enrollment, offered);
    if (enrollment === undefined || reason !== undefined) return { accepted: false, reason: reason ?? 'unknown-serial', enrollment };
    const next = withProof(enrollment, offered);
    this.#keep(next);
    return { accepted: true, enrollment: next };
  }

  async read(thing: ThingName, signal: AbortSignal): Promise<Enrollment | undefined> {
    await Promise.resolve();
    signal.throwIfAborted();
    const enrollment = this.#found(thing);
    return enrollment?.thingName === thing ? enrollment : undefined;
  }

  #found(thing: ThingName): Enrollment | undefined {
    return this.#enrollments.get(enrollmentKeyOf(thing));
  }

  #keep(enrollment: Enrollment): void {
    this.#enrollments.set(enrollmentKeyOf(enrollment.thingName), enrollment);
  }
}

const pageOf = (enrollments: readonly Enrollment[], filter: EnrollmentFilter, { limit, after }: PageRequest): EnrollmentPage => {
  const { lines, tenants, states } = filter;
  const kept = enrollments.filter(
    ({ line, tenant, state }) =>
      (lines?.includes(line) ?? true) && (tenants?.includes(tenant) ?? true) && (states?.includes(state) ?? true),
  );
  const begin = 1 + kept.findIndex(({ thingName }) => thingName === after);
  const rows = kept.slice(begin, begin + limit);
  const last = rows.at(-1);
  return begin + limit < kept.length && last !== undefined ? { rows, next: last.thingName } : { rows };
};
