import type { Account } from '../account.ts';
import type { Clock } from '../clock.ts';
import type { ItemsThread } from './items/items-thread.ts';
import type { TableSettingsStore } from './table-settings.ts';

/** What DynamoDB operations work on. */
export interface DynamoDependencies {
  readonly account: Account;
  readonly clock: Clock;
  readonly items: Pick<ItemsThread, 'run'>;
  readonly settings: TableSettingsStore;
}
