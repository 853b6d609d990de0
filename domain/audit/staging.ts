/** What is under this prefix was taken from the log, and waits to be sealed. */
export const STAGED_PREFIX = 'intake/';

/** A batch as it is stored: compressed lines, each an event in the form in which it is sealed. */
export interface StagedBatch {
  readonly key: string;
  /** When it was stored, by the clock of who keeps it; milliseconds since the epoch. */
  readonly storedAt: number;
  readonly bytes: number;
}

/** Where a batch is, by the day (UTC) that it is of and the digest of what is in it: one that comes again lands where it is. */
export const stagedKeyOf = (at: number, digest: string): string =>
  `${STAGED_PREFIX}${new Date(at).toISOString().slice(0, 10)}/${digest}.jsonl.gz`;

/** Keeps batches until they are sealed. */
export interface StagingWriter {
  /** Succeeds when it is there already. */
  put(key: string, body: Uint8Array): Promise<void>;
}
