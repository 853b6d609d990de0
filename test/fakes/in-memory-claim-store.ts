import type { AuditEvent } from '../../domain/audit-event.ts';
import type { ClaimEntry, ClaimPage, ClaimRotation, ClaimStore } from '../../domain/claim/claim-ports.ts';
import type { Claim } from '../../domain/claim.ts';
import type { CertificateId, ClaimName, KeyDigest } from '../../domain/identifiers.ts';
import type { WriteOutcome } from '../../domain/ports.ts';

/** The claim store in two maps, with the conditions of the real one. */
export class InMemoryClaimStore implements ClaimStore {
  readonly #entries = new Map<ClaimName, ClaimEntry>();
  readonly #claims = new Map<CertificateId, Claim>();

  /** As admissions would: writes over whatever is there. */
  put(claim: Claim): void {
    this.#claims.set(claim.certificateId, claim);
  }

  async create(claim: Claim, key: KeyDigest): Promise<WriteOutcome> {
    await Promise.resolve();
    if (this.#entries.has(claim.name) || this.#claims.has(claim.certificateId)) return 'conflict';
    this.#entries.set(claim.name, { name: claim.name, line: claim.line, certificates: [claim.certificateId], key, isClosed: false });
    this.#claims.set(claim.certificateId, claim);
    return 'written';
  }

  async rotate({ entry, next, key, overlapUntil }: ClaimRotation): Promise<WriteOutcome> {
    await Promise.resolve();
    const now = this.#entries.get(entry.name);
    const before = this.#claims.get(entry.certificates.at(-1) ?? next.certificateId);
    const isAsRead = now !== undefined && !now.isClosed && now.certificates.join() === entry.certificates.join();
    if (!isAsRead || before?.state !== 'open' || before.expiresAt < overlapUntil) return 'conflict';
    this.#entries.set(entry.name, { ...now, key, certificates: [...now.certificates, next.certificateId] });
    this.#claims.set(next.certificateId, next);
    this.#claims.set(before.certificateId, { ...before, expiresAt: overlapUntil });
    return 'written';
  }

  async entryOf(name: ClaimName): Promise<ClaimEntry | undefined> {
    await Promise.resolve();
    return this.#entries.get(name);
  }

  async list({ after, limit, onlyOpen }: Parameters<ClaimStore['list']>[0]): Promise<ClaimPage> {
    await Promise.resolve();
    const names = [...this.#entries.keys()].sort().filter((name) => after === undefined || name > after);
    const page = names.slice(0, limit).flatMap((name) => this.#entries.get(name) ?? []);
    const last = page.at(-1)?.name;
    const entries = page.filter(({ isClosed }) => !onlyOpen || !isClosed);
    return { entries, ...(names.length > limit && last !== undefined ? { next: last } : {}) };
  }

  async readClaims(certificates: readonly CertificateId[]): Promise<readonly Claim[]> {
    await Promise.resolve();
    return certificates.flatMap((certificate) => this.#claims.get(certificate) ?? []);
  }

  async close(claim: Claim, event: AuditEvent): Promise<Claim> {
    await Promise.resolve();
    const now = this.#claims.get(claim.certificateId);
    if (now === undefined) throw new Error('There is no such claim.');
    if (now.state === 'closed') return now;
    const closed: Claim = { ...now, state: 'closed', lastEvent: event };
    this.#claims.set(claim.certificateId, closed);
    return closed;
  }

  async markClosed(name: ClaimName): Promise<void> {
    await Promise.resolve();
    const entry = this.#entries.get(name);
    if (entry !== undefined) this.#entries.set(name, { ...entry, isClosed: true });
  }
}
