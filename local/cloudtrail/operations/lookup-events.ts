import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { TokenBucket } from '../../token-bucket.ts';
import type { CloudTrailDependencies } from '../cloudtrail-dependencies.ts';
import type { EventRecord } from '../record/event-record.ts';

const keys = ['EventId', 'EventName', 'ReadOnly', 'Username', 'EventSource', 'AccessKeyId', 'ResourceName', 'ResourceType'] as const;

const input = z.object({
  LookupAttributes: z
    .array(z.object({ AttributeKey: z.enum(keys), AttributeValue: z.string().min(1).max(2000) }))
    .max(1)
    .default([]),
  StartTime: z.number().optional(),
  EndTime: z.number().optional(),
  EventCategory: z.undefined('The local AWS has no Insights events').optional(),
  MaxResults: z.int().min(1).max(50).default(50),
  NextToken: z.string().optional(),
});

const namesIn = ({ json }: EventRecord): string => JSON.stringify(json['requestParameters']);

const tests: Readonly<Record<(typeof keys)[number], (event: EventRecord, value: string) => boolean>> = {
  EventId: ({ eventId }, value) => eventId === value,
  EventName: ({ eventName }, value) => eventName === value,
  ReadOnly: ({ isReadOnly }, value) => String(isReadOnly) === value,
  Username: ({ userName }, value) => userName === value,
  EventSource: ({ eventSource }, value) => eventSource === value,
  AccessKeyId: ({ accessKeyId }, value) => accessKeyId === value,
  ResourceName: (event, value) => namesIn(event).includes(JSON.stringify(value)),
  ResourceType: () => false,
};

const shown = (event: EventRecord): object => ({
  ...{ EventId: event.eventId, EventName: event.eventName, EventSource: event.eventSource, EventTime: new Date(event.atMs) },
  ...{ ReadOnly: String(event.isReadOnly), Resources: [], CloudTrailEvent: JSON.stringify(event.json) },
  ...(event.userName === undefined ? {} : { Username: event.userName }),
  ...(event.accessKeyId === undefined ? {} : { AccessKeyId: event.accessKeyId }),
});

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html, with its rate of two requests per second. */
export const lookupEvents = ({ history, clock }: CloudTrailDependencies): Operation => {
  const rate = new TokenBucket(clock, 2);
  return (raw) => {
    const wanted = parseInput(input, raw, 'InvalidLookupAttributesException');
    if (!rate.take()) throw new AwsError('ThrottlingException', 'Rate exceeded');
    const [fromMs, untilMs] = [(wanted.StartTime ?? 0) * 1000, (wanted.EndTime ?? Number.POSITIVE_INFINITY) * 1000];
    const found = history
      .visible()
      .filter((event) => event.atMs >= fromMs && event.atMs <= untilMs)
      .filter((event) => wanted.LookupAttributes.every(({ AttributeKey, AttributeValue }) => tests[AttributeKey](event, AttributeValue)));
    // A token is the id of the last event that was shown: new events come before it.
    const start = wanted.NextToken === undefined ? 0 : found.findIndex(({ eventId }) => eventId === wanted.NextToken) + 1;
    const page = found.slice(start, start + wanted.MaxResults);
    const last = page.at(-1)?.eventId;
    return { Events: page.map(shown), ...(start + page.length < found.length ? { NextToken: last } : {}) };
  };
};
