import { AwsError } from '../../aws-error.ts';
import type { Clock } from '../../clock.ts';

interface Remembered {
  readonly request: string;
  readonly outcome: Promise<object>;
  finishedAtMs: number | undefined;
}

/** "A client request token is valid for 10 minutes after the first request that uses it completes" (API Reference, TransactWriteItems). */
const validMs = 600_000;

/** Makes requests that carry a client token idempotent. */
export class RequestTokens {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #requests = new Map<string, Remembered>();

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** Does the work once per token; the same request under it gets the first one's answer, another one is refused. */
  once(token: string | undefined, request: string, work: () => Promise<object>): Promise<object> {
    if (token === undefined) return work();
    this.#forgetOld();
    const earlier = this.#requests.get(token);
    return earlier === undefined ? this.#first(token, request, work) : this.#again(earlier, request);
  }

  #again(earlier: Remembered, request: string): Promise<object> {
    if (earlier.request !== request) {
      throw new AwsError(
        'IdempotentParameterMismatchException',
        'The request uses the same client token as a previous, but non-identical request.',
      );
    }
    if (earlier.finishedAtMs === undefined) {
      throw new AwsError('TransactionInProgressException', 'The transaction with the given request token is already in progress.');
    }
    return earlier.outcome;
  }

  async #first(token: string, request: string, work: () => Promise<object>): Promise<object> {
    const remembered: Remembered = { request, outcome: work(), finishedAtMs: undefined };
    this.#requests.set(token, remembered);
    try {
      return await remembered.outcome;
    } catch (thrown) {
      // A cancelled transaction did nothing: its token may be used to try again.
      this.#requests.delete(token);
      throw thrown;
    } finally {
      remembered.finishedAtMs = this.#clock.now();
    }
  }

  #forgetOld(): void {
    const oldestMs = this.#clock.now() - validMs;
    for (const [token, { finishedAtMs }] of this.#requests) {
      // Kept in order of arrival: the first that is still valid ends the search.
      if (finishedAtMs === undefined || finishedAtMs > oldestMs) return;
      this.#requests.delete(token);
    }
  }
}
