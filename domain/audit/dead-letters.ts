/** What came of bringing batches back. */
export interface Redriven {
  /** Batches that were stored now, and are gone from the queue. */
  readonly redriven: number;
  /** Batches that could not be stored again, each with the error; they are in the queue again after a while. */
  readonly failures: readonly string[];
}

/** Batches of events that the intake could not store. */
export interface AuditDeadLetters {
  /** Has each of them stored, once. */
  redrive(): Promise<Redriven>;
}
