import type { Account } from '../account.ts';
import type { RuleStore } from './rule-store.ts';
import type { Scheduler } from './scheduler.ts';

/** What EventBridge's operations work on. */
export interface EventBridgeDependencies {
  readonly account: Account;
  readonly rules: RuleStore;
  readonly scheduler: Scheduler;
}
