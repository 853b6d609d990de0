import type { AuditEvent } from './audit-event.ts';
import type { EnrollmentState } from './enrollment-state.ts';
import type { ApproachName, CertificateId, ClaimName, KeyDigest, LineName, TenantName, ThingName } from './identifiers.ts';
import type { AcceptedProof } from './connection/last-proof.ts';
import type { Rotation } from './rotation/rotation.ts';
import type { SerialNumber } from './serial-number.ts';

/** A certificate that was issued for an enrollment and has not been retired. */
export interface IssuedCertificate {
  readonly id: CertificateId;
  readonly key: KeyDigest;
  /** Milliseconds since the epoch. */
  readonly issuedAt: number;
  /** Milliseconds since the epoch; none where it is later than anybody plans for. */
  readonly expiresAt?: number;
  /** The client id of the claim connection that it was issued on, or the rotation that it was issued by. */
  readonly correlationId?: string;
}

/** A key that asked to be let in and was not, and how it came. */
export interface Asking {
  readonly key: KeyDigest;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The client id of the claim connection, which presence events carry too, with the address. */
  readonly correlationId: string;
  /** The claim that it came by; none for a certificate that registered itself. */
  readonly claimCertificateId?: CertificateId;
}

/** An operator's leave for one other key to come in. */
export interface Readmission {
  /** Milliseconds since the epoch; from then on it is void. */
  readonly until: number;
  /** The only key that may use it; none said means the first that comes. */
  readonly key?: KeyDigest;
}

/** A way back that two people opened for the device, for the key that its serial is bound to. */
export interface Recovery {
  /** SHA-256 of the ticket in hexadecimal digits. */
  readonly ticket: string;
  /** Milliseconds since the epoch; from then on it is void. */
  readonly until: number;
}

/** A tenant that a device belonged to. */
export interface FormerOwner {
  readonly tenant: TenantName;
  /** When it was given to the next: milliseconds since the epoch. */
  readonly until: number;
}

/** Our record of a device, keyed by line and serial number. */
export interface Enrollment {
  readonly line: LineName;
  readonly serialNumber: SerialNumber;
  readonly thingName: ThingName;
  readonly tenant: TenantName;
  /** Those before, in their order; only ever grows. */
  readonly formerOwners?: readonly FormerOwner[];
  /** While something is left at AWS IoT of what the device could do for its former owner: nobody comes in as it. */
  readonly isChangingHands?: true;
  /** What it proved itself by was withdrawn with its former owner: nobody comes in as it until an operator says what it must prove now. */
  readonly awaitsProof?: true;
  /** Keys of versions before this were a former owner's to copy: no proof by them is taken. */
  readonly firstKeyVersion?: number;
  readonly approach: ApproachName;
  /** What the device must prove, in the words of its approach; judged by that approach's `verify`. */
  readonly requirement: Readonly<Record<string, string>>;
  /** What the manufacturer says of it; allocation goes by these. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** The manifest that it was imported from: SHA-256 of the file in hexadecimal digits. */
  readonly manifest?: string;
  readonly state: EnrollmentState;
  /** For a quarantined enrollment, the state that a release returns it to. */
  readonly quarantinedFrom?: EnrollmentState;
  /**
   * True where the quarantine that it is in leaves it not even its diagnosis. It stays after a release: whoever repeats one that broke off
   * finds that there are certificates to put back into use.
   */
  readonly quarantineLeavesNothing?: boolean;
  /** Grows by one with each write; each write demands the one it read. */
  readonly version: number;
  /** The key that the serial is bound to since its first admission. */
  readonly boundKey?: KeyDigest;
  /** A key that an operator or device-unique evidence let in beside the bound one. */
  readonly candidateKey?: KeyDigest;
  /**
   * True while all that the device has shown is a serial number: it may speak, but neither be commanded nor share topics.
   * False once that is over, for good. None where it never was.
   */
  readonly onProbation?: boolean;
  /** While the state is `pending`: the key that waits for an operator's approval. */
  readonly pending?: Asking;
  /** The key that an operator said yes to. */
  readonly approvedKey?: KeyDigest;
  /** Another key that asked for a serial that was bound or waiting for approval, the first that did: a clone, a squatter or a device that lost its key. */
  readonly contender?: Asking;
  /** An operator's leave for another key. */
  readonly readmission?: Readmission;
  /** A ticket by which the device may come back once, should its certificate be over. */
  readonly recovery?: Recovery;
  /** Keys that an operator ruled out: they never come in again. */
  readonly refusedKeys?: readonly KeyDigest[];
  /** The claim whose quota this serial was counted against, when it was let in or made wait. */
  readonly countedAgainst?: ClaimName;
  readonly certificates: readonly IssuedCertificate[];
  /** The certificate that was last proven by a connection. */
  readonly certificateInUse?: CertificateId;
  /** When what the device holds now was issued or, where that is not known, first seen in use: milliseconds since the epoch. */
  readonly credentialSince?: number;
  /** When that is to be replaced, on a line that rotates: milliseconds since the epoch. */
  readonly rotateAt?: number;
  /** While it is being replaced. */
  readonly rotation?: Rotation;
  /** How many rotations came to nothing since the last that succeeded. */
  readonly failedRotations?: number;
  /** Certificates that must be taken out of use; whoever finds the list works it off. */
  readonly toRetire: readonly CertificateId[];
  /** Where its approach accepts no proof twice: the last that was accepted. */
  readonly lastProof?: AcceptedProof;
  /** The client id that it was last seen with, where that is not its thing's name. */
  readonly connectsAs?: string;
  /** The event of the write that made this version. */
  readonly lastEvent: AuditEvent;
}

/** A field that an enrollment may lack. */
export type OptionalField = { [Name in keyof Enrollment]-?: undefined extends Enrollment[Name] ? Name : never }[keyof Enrollment];

/** The enrollment without these fields. */
export const without = (enrollment: Enrollment, ...names: readonly OptionalField[]): Enrollment => {
  const rest = { ...enrollment };
  for (const name of names) Reflect.deleteProperty(rest, name);
  return rest;
};
