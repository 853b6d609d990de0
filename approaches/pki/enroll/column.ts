import type { EnrolledDevice, EnrollmentMistake, ReadNamedFile, Requirement } from '../../../domain/enroller.ts';

/** Columns of an import of which each makes a requirement of its own kind. */
export type LeadingColumn = 'enrollment_code' | 'device_secret' | 'pinned_key' | 'vendor_ca';

/** What stands in a row for an approach to read, and about whom. */
export interface Row {
  readonly device: EnrolledDevice;
  /** The value of a column without white space around it; empty where there is none. */
  readonly valueOf: (column: string) => string;
  readonly readFile: ReadNamedFile;
}

/** Makes a requirement of the value of a column. */
export type ReadColumn = (given: string, row: Row) => Promise<Requirement | EnrollmentMistake>;
