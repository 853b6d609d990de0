import type { Account } from '../account.ts';
import type { Clock } from '../clock.ts';
import type { IotBehaviour } from '../iot/behaviour/behaviour.ts';
import type { AuthorityStore } from './authority-store.ts';
import type { RequestTokens } from './request-tokens.ts';
import type { ListPublisher } from './revocation/list-publisher.ts';

/** What operations of ACM Private CA work on. */
export interface PcaDependencies {
  readonly account: Account;
  readonly clock: Clock;
  readonly authorities: AuthorityStore;
  readonly tokens: RequestTokens;
  readonly lists: ListPublisher;
  readonly behaviour: IotBehaviour;
}
