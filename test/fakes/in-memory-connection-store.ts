import { type OfferedProof, refusalOfProof, withProof } from '../../domain/connection/accepted-proof.ts';
import type { Acceptance, ConnectionStore } from '../../domain/connection/connection-ports.ts';
import type { Enrollment } from '../../domain/enrollment.ts';
import type { ThingName } from '../../domain/identifiers.ts';
import { enrollmentKeyOf } from '../../domain/thing-name.ts';

/** The store of those who judge connections, in a map, with the condition of the real one. */
export class InMemoryConnectionStore implements ConnectionStore {
  readonly #enrollments = new Map<string, Enrollment>();
  /** Proofs that were offered, one after the other. */
  readonly offered: OfferedProof[] = [];

  constructor(...enrollments: readonly Enrollment[]) {
    for (const enrollment of enrollments) this.keep(enrollment);
  }

  keep(enrollment: Enrollment): void {
    this.#enrollments.set(enrollmentKeyOf(enrollment.thingName), enrollment);
  }

  async accept(offered: OfferedProof, signal: AbortSignal): Promise<Acceptance> {
    const enrollment = await this.read(offered.thingName, signal);
    this.offered.push(offered);
    if (enrollment === undefined) return { accepted: false, reason: 'unknown-serial', enrollment };
    const reason = refusalOfProof(enrollment, offered);
    if (reason !== undefined) return { accepted: false, reason, enrollment };
    const next = withProof(enrollment, offered);
    this.keep(next);
    return { accepted: true, enrollment: next };
  }

  async read(thing: ThingName, signal: AbortSignal): Promise<Enrollment | undefined> {
    await Promise.resolve();
    signal.throwIfAborted();
    return this.#enrollments.get(enrollmentKeyOf(thing));
  }
}
