import type { Account } from '../account.ts';
import type { Clock } from '../clock.ts';
import type { Engine } from './engine.ts';
import type { ItemLocks } from './item-locks.ts';
import type { RequestTokens } from './request-tokens.ts';
import type { TableSettingsStore } from './table-settings.ts';

/** What DynamoDB operations work on. */
export interface DynamoDependencies {
  readonly account: Account;
  readonly clock: Clock;
  /** Opens the engine on the first call. */
  readonly engine: () => Promise<Engine>;
  readonly settings: TableSettingsStore;
  readonly locks: ItemLocks;
  readonly tokens: RequestTokens;
}
