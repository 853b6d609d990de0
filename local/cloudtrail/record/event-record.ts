import { randomUUID } from 'node:crypto';
import type { Account } from '../../account.ts';
import type { WatchedCall } from '../../iam/access/call-watch.ts';
import type { JsonObject } from '../../json-object.ts';
import { eventNameOf, eventSourceOf } from './event-names.ts';
import { isReadOnly } from './management-events.ts';
import { recordedMembers } from './recorded-members.ts';
import { callingService, userIdentityOf, userNameOf } from './user-identity.ts';

/** A record, with what it is looked up and chosen by. */
export interface EventRecord {
  readonly atMs: number;
  readonly eventId: string;
  readonly eventName: string;
  readonly eventSource: string;
  readonly isReadOnly: boolean;
  /** Of IAM and STS, which are the same everywhere. */
  readonly isGlobal: boolean;
  readonly userName: string | undefined;
  readonly accessKeyId: string | undefined;
  readonly json: JsonObject;
}

export interface RecordingScene {
  readonly account: Account;
  readonly atMs: number;
  /** Of the caller, if it is a user. */
  readonly userId: string;
}

const requestMembers = ({ service, input }: WatchedCall): JsonObject | null => {
  if (service !== 's3') return recordedMembers(service, input);
  const { Bucket: bucketName, Key: key, ...more } = input;
  return recordedMembers(service, { bucketName, ...(key === '' ? {} : { key }), ...more });
};

const originOf = (caller: WatchedCall['caller']): JsonObject => {
  const service = callingService(caller);
  const userAgent = typeof caller === 'string' ? undefined : caller.userAgent;
  return { sourceIPAddress: service ?? '127.0.0.1', userAgent: service ?? userAgent ?? 'unknown' };
};

/** CloudTrail User Guide, "CloudTrail record contents". */
export const eventRecordOf = (call: WatchedCall, { account, atMs, userId }: RecordingScene): EventRecord => {
  const { service, operation, caller, refusal, output } = call;
  const isGlobal = service === 'iam' || service === 'sts';
  const facts = {
    ...{ atMs, isGlobal, eventId: randomUUID(), eventName: eventNameOf(service, operation), eventSource: eventSourceOf(service) },
    ...{ isReadOnly: isReadOnly(service, operation), userName: userNameOf(caller) },
    accessKeyId: typeof caller === 'string' ? undefined : caller.accessKeyId,
  };
  const answers = refusal === undefined && !facts.isReadOnly && service !== 's3';
  const json = {
    eventVersion: '1.11',
    userIdentity: userIdentityOf(caller, userId),
    eventTime: new Date(atMs).toISOString().replace(/\.\d{3}Z$/, 'Z'),
    eventSource: facts.eventSource,
    eventName: facts.eventName,
    awsRegion: service === 'iam' ? 'us-east-1' : account.region,
    ...originOf(caller),
    ...(refusal === undefined ? {} : { errorCode: refusal.code, errorMessage: refusal.message }),
    requestParameters: requestMembers(call),
    responseElements: answers ? recordedMembers(service, output) : null,
    requestID: randomUUID(),
    eventID: facts.eventId,
    readOnly: facts.isReadOnly,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: account.accountId,
    eventCategory: 'Management',
  };
  return { ...facts, json };
};
