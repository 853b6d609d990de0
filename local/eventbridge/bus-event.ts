import { randomUUID } from 'node:crypto';
import type { Account } from '../account.ts';
import type { JsonObject } from '../json-object.ts';
import type { Rule } from './rule.ts';

/** What a service says on the default bus. */
export interface ServiceEvent {
  /** e.g. `aws.iot` */
  readonly source: string;
  readonly detailType: string;
  readonly atMs: number;
  /** ARNs. */
  readonly resources: readonly string[];
  readonly detail: JsonObject;
}

/** EventBridge User Guide, "AWS service event metadata". */
export const envelopeOf = ({ accountId, region }: Account, { source, detailType, atMs, resources, detail }: ServiceEvent): JsonObject => ({
  version: '0',
  id: randomUUID(),
  'detail-type': detailType,
  source,
  account: accountId,
  time: new Date(atMs).toISOString().replace(/\.\d{3}Z$/, 'Z'),
  region,
  resources,
  detail,
});

/** EventBridge User Guide, "Creating a rule that runs on a schedule". */
export const scheduledEvent = (account: Account, rule: Rule, scheduledAtMs: number): JsonObject =>
  envelopeOf(account, { source: 'aws.events', detailType: 'Scheduled Event', atMs: scheduledAtMs, resources: [rule.arn], detail: {} });

/** EventBridge User Guide, "Receiving read-only management events from AWS services", with STS's two exceptions. */
const onlyReads = (detail: JsonObject): boolean => {
  const name = String(detail['eventName']);
  return /^(?:List|Get|Describe)/.test(name) && name !== 'GetFederationToken' && name !== 'GetSessionToken';
};

/** Whether a rule is about an event of the bus. */
export const concerns = ({ settings: { filter, state } }: Rule, event: JsonObject, { detailType, detail }: ServiceEvent): boolean => {
  if (filter === undefined || state === 'DISABLED') return false;
  const isHidden = state === 'ENABLED' && detailType === 'AWS API Call via CloudTrail' && onlyReads(detail);
  return !isHidden && filter.matches(event);
};
