import type { SQSRecord } from 'aws-lambda';
import { NOON, anEnrollment } from './enrollment.ts';
import { aCertificateId } from './identifiers.ts';

/** What the presence rule selects of a `connected` lifecycle event (DG:life-cycle-events). */
export const aConnectedEvent = (more: Readonly<Record<string, unknown>> = {}) => ({
  clientId: anEnrollment().thingName,
  thingName: anEnrollment().thingName,
  principalIdentifier: aCertificateId('first'),
  sessionIdentifier: 'session-1',
  versionNumber: 0,
  timestamp: NOON + 60_000,
  ...more,
});

/** An SQS record as Lambda hands it to a function. */
export const anSqsRecord = (body: unknown, messageId = 'message-1'): SQSRecord => ({
  messageId,
  receiptHandle: 'handle',
  body: typeof body === 'string' ? body : JSON.stringify(body),
  attributes: { ApproximateReceiveCount: '1', SentTimestamp: '0', SenderId: 'rule', ApproximateFirstReceiveTimestamp: '0' },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:eu-west-1:111122223333:sightings',
  awsRegion: 'eu-west-1',
});
