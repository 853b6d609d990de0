import type { Attestation } from './attestation.ts';
import type { KeyDigest, LineName } from './identifiers.ts';
import type { SerialNumber } from './serial-number.ts';

/** Something in a request to enroll a device that cannot be, said so that it can be mended. */
export interface EnrollmentMistake {
  readonly what: string;
  readonly got: string;
  readonly allowed: string;
  readonly fix: string;
}

export type Requirement = Readonly<Record<string, string>>;

/** The entry that the cloud adds to a requirement when a code was used: the digest of the key that used it. No import says it. */
export const CODE_USED_BY = 'codeUsedBy';

/** The values of a row by the names of its columns. */
export type EnrollmentFields = Readonly<Record<string, string>>;

/** Whom a requirement is for; what is recorded of a code depends on it. */
export interface EnrolledDevice {
  readonly line: LineName;
  readonly serialNumber: SerialNumber;
}

/** Reads a file that a field names, relative to where the field was found; `undefined` when there is none. */
export type ReadNamedFile = (name: string) => Promise<string | undefined>;

/** What anybody may know of a requirement: nothing in it helps to meet it. */
export interface RequirementDescription {
  readonly attestation: Attestation;
  /** Digests and names that are public. */
  readonly details: Readonly<Record<string, string>>;
  /** The keys that it names, where it names any: whoever holds one of them meets it. */
  readonly keys?: readonly KeyDigest[];
}

/** The operator's half of an approach: says what a device must prove. */
export interface Enroller {
  /** The fields that it reads beside those that every device has, e.g. the columns of an import. */
  readonly fields: readonly string[];
  /** What the device must prove, in the words of the approach's `verify`. */
  requirementOf(fields: EnrollmentFields, readFile: ReadNamedFile, device: EnrolledDevice): Promise<Requirement | EnrollmentMistake>;
  /** What may be shown of a requirement; `undefined` where it is none of this approach's. */
  readonly describe: (requirement: Requirement) => RequirementDescription | undefined;
}

export const isMistake = (result: Requirement | EnrollmentMistake): result is EnrollmentMistake => 'fix' in result && 'allowed' in result;
