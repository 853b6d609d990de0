import { gzipSync } from 'node:zlib';
import type { Account } from '../account.ts';
import { AwsError } from '../aws-error.ts';
import type { Clock } from '../clock.ts';
import type { EventSender } from '../lambda/event-sender.ts';
import { type DeliveryBatch, DeliveryBatches } from './delivery-batches.ts';
import type { LogGroup, StoredFilter } from './log-group.ts';
import type { LogListener } from './log-store.ts';

/** Told of every delivery: how many events, and whether the function's service took them. */
export type DeliveryReport = (
  group: LogGroup,
  filter: StoredFilter,
  delivery: { readonly events: number; readonly isTaken: boolean },
) => void;

const payloadOf = (account: Account, { group, stream, filter, events }: DeliveryBatch): object => {
  const content = {
    messageType: 'DATA_MESSAGE',
    owner: account.accountId,
    logGroup: group.name,
    logStream: stream.name,
    subscriptionFilters: [filter.name],
    logEvents: events.map(({ id, timestampMs, message }) => ({ id, timestamp: timestampMs, message })),
  };
  return { awslogs: { data: gzipSync(JSON.stringify(content)).toString('base64') } };
};

interface DeliveryPorts {
  readonly account: Account;
  readonly clock: Clock;
  readonly sender: EventSender;
  readonly report: DeliveryReport;
}

/**
 * Hands matching events to subscribed functions, those of one stream and a moment together (CloudWatch Logs User Guide, "Example 2:
 * Subscription filters with AWS Lambda"). The invocation is asynchronous (Lambda Developer Guide, "Services that can invoke Lambda
 * functions"), so that Lambda tries again when the function fails; events that Lambda does not take are lost, as in AWS after a refusal
 * that another try would not change.
 */
export const subscriptionDelivery = ({ account, clock, sender, report }: DeliveryPorts): LogListener => {
  const batches = new DeliveryBatches(clock, (batch) => {
    const { group, filter, events } = batch;
    const isTaken = take(sender, {
      functionArn: String(filter.details['destinationArn']),
      payload: payloadOf(account, batch),
      principal: 'logs.amazonaws.com',
      sourceArn: `${group.arn}:*`,
      sourceAccount: account.accountId,
    });
    report(group, filter, { events: events.length, isTaken });
  });
  return (group, stream, events) => {
    for (const filter of group.subscriptionFilters.values())
      for (const event of events) if (filter.matches(event.message)) batches.add({ group, stream, filter }, event);
  };
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
