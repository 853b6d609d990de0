import type { Account } from '../account.ts';
import type { Clock } from '../clock.ts';
import type { KeyStore } from './key-store.ts';

/** What KMS operations work on. */
export interface KmsDependencies {
  readonly account: Account;
  readonly clock: Clock;
  readonly keys: KeyStore;
}
