import type { Claim } from '../claim.ts';
import type { Enrollment } from '../enrollment.ts';
import type { KeyDigest, ThingName } from '../identifiers.ts';
import type { WriteOutcome } from '../ports.ts';
import type { SerialNumber } from '../serial-number.ts';

/** Enrollments, for who judges tickets. Both reject when `signal` aborts; what was written is then unknown. */
export interface RecoveryStore {
  /** One strongly consistent read. */
  read(thing: ThingName, signal: AbortSignal): Promise<Enrollment | undefined>;
  /** Writes the enrollment without its ticket and the claim that came of it, together; `conflict` where another was faster. */
  use(next: Enrollment, claim: Claim, signal: AbortSignal): Promise<WriteOutcome>;
}

/** What a device says of the connection that it opens with a ticket; all of it is in its signature. */
export interface RecoveryOccasion {
  /** The host that is dialled, as it stands in TLS. */
  readonly serverName: string;
  readonly clientId: string;
  readonly thingName: ThingName;
}

/** A proof as it came. */
export interface RecoveryProof {
  readonly ticket: string;
  /** When it was made, in milliseconds since the epoch by the device's clock. */
  readonly at: number;
  /** The public key that signed it: SubjectPublicKeyInfo in DER, base64. */
  readonly key: string;
  /** In base64. */
  readonly signature: string;
}

/** How such proofs are read and checked. */
export interface RecoveryProofs {
  /** `undefined` where a password is none. */
  read(password: string): RecoveryProof | undefined;
  /** The key that signed the proof for this occasion; `undefined` where none did. */
  signerOf(proof: RecoveryProof, occasion: RecoveryOccasion): KeyDigest | undefined;
}

/** A device by the name of its thing, which may have no room for the serial number. */
export interface RecoveringDevice {
  readonly thingName: ThingName;
  readonly line: Enrollment['line'];
  readonly serialNumber?: SerialNumber;
}
