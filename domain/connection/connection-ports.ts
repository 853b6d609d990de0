import type { OfferedProof } from './accepted-proof.ts';
import type { Enrollment } from '../enrollment.ts';
import type { ThingName } from '../identifiers.ts';
import type { ReasonCode } from '../reason-code.ts';

/** What came of a proof: the enrollment as it is now, or why it was not taken. */
export type Acceptance =
  | { readonly accepted: true; readonly enrollment: Enrollment }
  | { readonly accepted: false; readonly reason: ReasonCode; readonly enrollment: Enrollment | undefined };

/** Enrollments, for who judges connections. Both reject when `signal` aborts; what was written is then unknown. */
export interface ConnectionStore {
  /** One conditional write: takes the proof if `refusalOfProof` says nothing, and returns what is then on record. */
  accept(offered: OfferedProof, signal: AbortSignal): Promise<Acceptance>;
  /** One strongly consistent read. */
  read(thing: ThingName, signal: AbortSignal): Promise<Enrollment | undefined>;
}
