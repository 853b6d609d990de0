import type { Account } from '../account.ts';
import type { Clock } from '../clock.ts';
import type { KeyUse } from '../kms/key-use.ts';
import type { LogStore } from './log-store.ts';
import type { StartedQuery } from './insights/started-query.ts';

/** What CloudWatch Logs operations work on. */
export interface LogsDependencies {
  readonly account: Account;
  readonly clock: Clock;
  readonly logs: LogStore;
  /** Without it any key will do. */
  readonly keyUse?: KeyUse | undefined;
  /** Resource policies of the account by name, JSON text. */
  readonly resourcePolicies: Map<string, string>;
  /** Saved Insights queries by id. */
  readonly queryDefinitions: Map<string, Readonly<Record<string, unknown>>>;
  /** Insights queries that were started, by id. */
  readonly queries: Map<string, StartedQuery>;
}
