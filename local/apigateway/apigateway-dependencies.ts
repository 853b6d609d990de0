import type { Account } from '../account.ts';
import type { Clock } from '../clock.ts';
import type { ApiStore } from './api-store.ts';

/** What the operations of API Gateway work on. */
export interface ApiGatewayDependencies {
  readonly account: Account;
  readonly clock: Clock;
  /** The gateway's address, known once it listens. */
  readonly endpoint: () => string;
  readonly apis: ApiStore;
}
