import type { Attestation } from './attestation.ts';
import type { Enrollment } from './enrollment.ts';
import type { KeyDigest } from './identifiers.ts';
import type { ReasonCode } from './reason-code.ts';

/** What an approach's `verify` says of the evidence: the key that was proven and by what, or why it does not count. */
export type Verification = AcceptedEvidence | { readonly accepted: false; readonly reason: ReasonCode };

export interface AcceptedEvidence {
  readonly accepted: true;
  readonly key: KeyDigest;
  /** The strongest that was proven with it. */
  readonly attestation: Attestation;
  /** When the certificate that it came with expires, in milliseconds since the epoch; none where that is later than anybody plans for. */
  readonly expiresAt?: number;
  /** What the enrollment must ask for from now on, where the evidence changed that: a code that was used. */
  readonly requirement?: Enrollment['requirement'];
}
