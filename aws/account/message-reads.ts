import { AlarmType, type CloudWatchClient, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import { DescribeRuleCommand, type EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { paginateListSubscriptionsByTopic, type SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, ListDeadLetterSourceQueuesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { MessageReads } from '../../domain/account-ports.ts';
import { unlessMissing } from './unless-missing.ts';

export interface MessageClients {
  readonly cloudWatch: CloudWatchClient;
  readonly events: EventBridgeClient;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
}

export const createMessageReads = ({ cloudWatch, events, sns, sqs }: MessageClients): MessageReads => ({
  async isEventRuleEnabled(name) {
    const rule = await unlessMissing(events.send(new DescribeRuleCommand({ Name: name })));
    return rule === undefined ? undefined : rule.State !== 'DISABLED';
  },
  async queue(url) {
    const request = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['ApproximateNumberOfMessages'] });
    const found = await unlessMissing(sqs.send(request));
    if (found === undefined) return undefined;
    const sources = await sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: url, MaxResults: 1 }));
    return { messages: Number(found.Attributes?.ApproximateNumberOfMessages ?? 0), isForDeadLetters: (sources.queueUrls ?? []).length > 0 };
  },
  async subscriptions(topicArn) {
    const found: { endpoint: string; isConfirmed: boolean }[] = [];
    // In place of an ARN stands "PendingConfirmation" until whoever is to be told has said yes.
    for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic({ client: sns }, { TopicArn: topicArn }))
      for (const { Endpoint = '', SubscriptionArn = '' } of Subscriptions)
        found.push({ endpoint: Endpoint, isConfirmed: SubscriptionArn.startsWith('arn:') });
    return found;
  },
  async alarms(prefix) {
    const found = new Map<string, string>();
    const wanted = { AlarmNamePrefix: prefix, AlarmTypes: [AlarmType.MetricAlarm, AlarmType.CompositeAlarm] };
    for await (const { MetricAlarms = [], CompositeAlarms = [] } of paginateDescribeAlarms({ client: cloudWatch }, wanted))
      for (const { AlarmName, StateValue = '' } of [...MetricAlarms, ...CompositeAlarms])
        if (AlarmName !== undefined) found.set(AlarmName, StateValue);
    return found;
  },
});
