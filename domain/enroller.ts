/** Something in a request to enroll a device that cannot be, said so that it can be mended. */
export interface EnrollmentMistake {
  readonly what: string;
  readonly got: string;
  readonly allowed: string;
  readonly fix: string;
}

export type Requirement = Readonly<Record<string, string>>;

/** Reads a file that a field names, relative to where the field was found; `undefined` when there is none. */
export type ReadNamedFile = (name: string) => Promise<string | undefined>;

/** The operator's half of an approach: says what a device must prove. */
export interface Enroller {
  /** The fields that it reads beside those that every device has, e.g. the columns of an import. */
  readonly fields: readonly string[];
  /** What the device must prove, in the words of the approach's `verify`. */
  requirementOf(fields: Readonly<Record<string, string>>, readFile: ReadNamedFile): Promise<Requirement | EnrollmentMistake>;
}

export const isMistake = (result: Requirement | EnrollmentMistake): result is EnrollmentMistake => 'fix' in result && 'allowed' in result;
