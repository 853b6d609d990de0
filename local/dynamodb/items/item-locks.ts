import { AwsError } from '../../aws-error.ts';

/**
 * Who works on which item. Transactions hold items exclusively; a plain write or another transaction that meets a held
 * item is refused and never waits (DynamoDB Developer Guide, "Transaction conflict handling in DynamoDB").
 */
export class ItemLocks {
  readonly #held = new Set<string>();
  readonly #working = new Map<string, Set<Promise<unknown>>>();

  /** Whether a transaction holds the item now. */
  isHeld(key: string): boolean {
    return this.#held.has(key);
  }

  /** Whether anybody writes the item now. */
  isBusy(key: string): boolean {
    return this.isHeld(key) || this.#working.has(key);
  }

  /** Holds all the items for a transaction; false, and nothing is held, when another transaction holds one of them. */
  hold(keys: readonly string[]): boolean {
    if (keys.some((key) => this.#held.has(key))) return false;
    for (const key of keys) this.#held.add(key);
    return true;
  }

  release(keys: readonly string[]): void {
    for (const key of keys) this.#held.delete(key);
  }

  /** Resolves when the plain writes and transactional reads that were under way on the items are over. */
  async quiet(keys: readonly string[]): Promise<void> {
    await Promise.allSettled(keys.flatMap((key) => [...(this.#working.get(key) ?? [])]));
  }

  /** Does a plain write, or refuses it with `TransactionConflictException`. */
  write<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    if (this.isHeld(key)) throw new AwsError('TransactionConflictException', 'Transaction is ongoing for the item');
    return this.track([key], work);
  }

  /** Does work that a transaction on these items has to wait for. */
  async track<Result>(keys: readonly string[], work: () => Promise<Result>): Promise<Result> {
    const running = work();
    for (const key of keys) this.#working.set(key, (this.#working.get(key) ?? new Set()).add(running));
    try {
      return await running;
    } finally {
      for (const key of keys) this.#finish(key, running);
    }
  }

  #finish(key: string, running: Promise<unknown>): void {
    const rest = this.#working.get(key);
    rest?.delete(running);
    if (rest?.size === 0) this.#working.delete(key);
  }
}
