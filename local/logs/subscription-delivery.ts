import { gzipSync } from 'node:zlib';
import type { Account } from '../account.ts';
import { AwsError } from '../aws-error.ts';
import type { EventSender } from '../lambda/event-sender.ts';
import type { LogEvent, LogGroup, LogStream, StoredFilter } from './log-group.ts';
import type { LogListener } from './log-store.ts';

/** Told of every delivery: how many events, and whether the function's service took them. */
export type DeliveryReport = (
  group: LogGroup,
  filter: StoredFilter,
  delivery: { readonly events: number; readonly isTaken: boolean },
) => void;

const payloadOf = (
  account: Account,
  source: { group: LogGroup; stream: LogStream; filter: StoredFilter },
  events: readonly LogEvent[],
): object => {
  const content = {
    messageType: 'DATA_MESSAGE',
    owner: account.accountId,
    logGroup: source.group.name,
    logStream: source.stream.name,
    subscriptionFilters: [source.filter.name],
    logEvents: events.map(({ id, timestampMs, message }) => ({ id, timestamp: timestampMs, message })),
  };
  return { awslogs: { data: gzipSync(JSON.stringify(content)).toString('base64') } };
};

/**
 * Hands matching events to subscribed functions, at once (CloudWatch Logs User Guide, "Example 2: Subscription filters with AWS
 * Lambda"). The invocation is asynchronous (Lambda Developer Guide, "Services that can invoke Lambda functions"), so that Lambda tries
 * again when the function fails; events that Lambda does not take are lost, as in AWS after a refusal that another try would not change.
 */
export const subscriptionDelivery =
  (account: Account, sender: EventSender, report: DeliveryReport): LogListener =>
  (group, stream, events) => {
    for (const filter of group.subscriptionFilters.values()) {
      const matching = events.filter(({ message }) => filter.matches(message));
      if (matching.length === 0) continue;
      const isTaken = take(sender, {
        functionArn: String(filter.details['destinationArn']),
        payload: payloadOf(account, { group, stream, filter }, matching),
        principal: 'logs.amazonaws.com',
        sourceArn: `${group.arn}:*`,
        sourceAccount: account.accountId,
      });
      report(group, filter, { events: matching.length, isTaken });
    }
  };

const take = (sender: EventSender, invocation: Parameters<EventSender['send']>[0]): boolean => {
  try {
    sender.send(invocation);
    return true;
  } catch (thrown) {
    if (!(thrown instanceof AwsError)) throw thrown;
    return false;
  }
};
