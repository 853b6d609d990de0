/** What is under this prefix was taken from the log, and waits to be sealed. */
export const STAGED_PREFIX = 'intake/';

/** Beside it: what is owed of what AWS counted. */
export const BALANCE_KEY = 'balance.json';

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

/** Keeps batches until they are sealed, and how many lines were in them. */
export interface StagingWriter {
  /** Succeeds when it is there already. */
  put(key: string, body: Uint8Array): Promise<void>;
}

/** What is sealed in one go, at the most: so much is read into memory, about ten times as large when it is unpacked. */
const MOST = { bytes: 8 * 1024 * 1024, batches: 5_000 };

/** What the next period takes. */
export interface Chosen {
  readonly batches: readonly StagedBatch[];
  /** What had arrived by then is in it, or in a period before. */
  readonly until: number;
  /** Nothing is left for another. */
  readonly isAll: boolean;
}

/**
 * Everything that is there, or, where that is too much, what arrived first; batches of one instant stay together, so that a period has
 * a time at which it ends. `now` is from before the batches were listed.
 */
export const chooseStaged = (batches: readonly StagedBatch[], now: number, most = MOST): Chosen => {
  const ordered = batches.toSorted((one, other) => one.storedAt - other.storedAt);
  const first = firstTooMany(ordered, most);
  if (first === undefined) return { batches, until: now, isAll: true };
  const before = ordered.filter(({ storedAt }) => storedAt < first.storedAt);
  if (before.length > 0) return { batches: before, until: first.storedAt, isAll: false };
  return { batches: ordered.filter(({ storedAt }) => storedAt === first.storedAt), until: first.storedAt + 1, isAll: false };
};

// None where all fit.
const firstTooMany = (ordered: readonly StagedBatch[], most: typeof MOST): StagedBatch | undefined => {
  let bytes = 0;
  return ordered.find((batch, index) => {
    bytes += batch.bytes;
    return index > 0 && (bytes > most.bytes || index >= most.batches);
  });
};

/** What waits to be sealed. */
export interface StagedBatches {
  list(): Promise<readonly StagedBatch[]>;
  /** `undefined` where it is gone. */
  read(key: string): Promise<Uint8Array | undefined>;
  /** Succeeds for what is gone already. */
  remove(keys: readonly string[]): Promise<void>;
}
