import type { Account } from '../../account.ts';
import type { ItemOperationName, TableOperationName } from './item-operations.ts';

/** What the thread is started with. */
export interface ThreadStart {
  readonly account: Account;
}

/** One operation, to the thread. */
export interface ThreadRequest {
  readonly id: number;
  readonly operation: ItemOperationName | TableOperationName;
  /** JSON text: a message of any depth arrives, which is not so of objects. */
  readonly input: string;
  /** Milliseconds since the epoch, on the clock of whoever asks: the thread has none. */
  readonly nowMs: number;
}

/** A refusal, or what broke, from the thread. */
export type ThreadFailure =
  | {
      readonly kind: 'refusal';
      readonly code: string;
      readonly message: string;
      readonly status: number;
      readonly members: Readonly<Record<string, unknown>>;
    }
  | { readonly kind: 'fault'; readonly message: string };

/** Its answer. */
export type ThreadReply = { readonly id: number; readonly output: object } | { readonly id: number; readonly failure: ThreadFailure };
