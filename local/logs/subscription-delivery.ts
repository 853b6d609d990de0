import { gzipSync } from 'node:zlib';
import type { Account } from '../account.ts';
import type { FunctionInvoker } from '../lambda/function-invoker.ts';
import type { LogEvent, LogGroup, LogStream, StoredFilter } from './log-group.ts';
import type { LogListener } from './log-store.ts';

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
 * Hands matching events to subscribed functions, at once and once (CloudWatch Logs User Guide, "Example 2: Subscription
 * filters with AWS Lambda"). A function that refuses or fails loses them, as it does in AWS after the retries.
 */
export const subscriptionDelivery =
  (account: Account, invoker: FunctionInvoker): LogListener =>
  (group, stream, events) => {
    for (const filter of group.subscriptionFilters.values()) {
      const matching = events.filter(({ message }) => filter.matches(message));
      if (matching.length === 0) continue;
      const delivery = invoker.invoke({
        functionArn: String(filter.details['destinationArn']),
        payload: payloadOf(account, { group, stream, filter }, matching),
        principal: 'logs.amazonaws.com',
        sourceArn: `${group.arn}:*`,
        sourceAccount: account.accountId,
      });
      delivery.catch(() => undefined);
    }
  };
