/** The oldest version of an object, which is the one that counts. */
export interface KeptObject {
  readonly key: string;
  readonly versionId: string;
  readonly bytes: Uint8Array;
  /** When the period of an events object began and ended, as whoever wrote it said; `undefined` where nothing is said. */
  readonly period: KeptPeriod | undefined;
}

export interface KeptPeriod {
  readonly from: number;
  readonly until: number;
}

/** Writes and finds what is in the archive. Versions count, and not the view that a delete marker or another version gives. */
export interface ArchiveKeeper {
  /** Whether there is an object in the current view. */
  isThere(key: string): Promise<boolean>;
  /** The bytes of one version, or of the current one; `undefined` where there is none. */
  read(key: string, versionId?: string): Promise<Uint8Array | undefined>;
  /** The oldest version of the first object whose key begins so; `undefined` where there is none. */
  first(prefix: string): Promise<KeptObject | undefined>;
  /** Answers the version that it wrote, or `undefined` where there is an object already: then nothing is written. */
  put(object: { readonly key: string; readonly bytes: Uint8Array; readonly period?: KeptPeriod }): Promise<string | undefined>;
}
