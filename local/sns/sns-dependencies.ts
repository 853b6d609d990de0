import type { Account } from '../account.ts';
import type { Clock } from '../clock.ts';
import type { FunctionInvoker } from '../lambda/function-invoker.ts';
import type { ServiceMessage } from '../sqs/service-delivery.ts';
import type { Outbox } from './outbox.ts';
import type { TopicStore } from './topic-store.ts';

/** What SNS delivers through. */
export interface SnsPorts {
  /** Puts a message on a queue if the queue's policy lets SNS. Throws `AwsError`. */
  readonly deliverToQueue: (message: ServiceMessage) => void;
  readonly invoker: FunctionInvoker;
}

/** What SNS operations work on. */
export interface SnsDependencies {
  readonly account: Account;
  readonly clock: Clock;
  readonly ports: SnsPorts;
  readonly topics: TopicStore;
  /** Mails that nobody sends. */
  readonly outbox: Outbox;
  /** The gateway's address, to which links in mails lead. */
  readonly endpoint: () => string;
}
