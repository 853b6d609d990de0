import type { CloudWatchLogsEvent, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { AddressBook } from '../../domain/audit/sources/address-digest.ts';
import { logEntryEvent } from '../../domain/audit/sources/log-entry-event.ts';
import type { ToldEvent } from '../../domain/audit/sources/told-event.ts';
import type { AuditLog } from '../../domain/ports.ts';
import type { FaultLog } from '../middleware/fault-log.ts';
import { readLogDelivery } from '../middleware/log-delivery.ts';
import { type SourceReading, readMessage } from './read-message.ts';

export interface AuditSourcesProps {
  readonly reading: SourceReading;
  readonly addresses: Pick<AddressBook, 'keep'>;
  readonly auditLog: AuditLog;
  readonly faults: FaultLog;
}

type Delivery = Pick<SQSEvent, 'Records'> | CloudWatchLogsEvent;

/**
 * Puts what AWS itself tells of the fleet on record: connections and management calls from a queue, failures from AWS IoT's own log. The
 * same, told twice, is the same event; and an event is on record only once its address is kept.
 */
export const createAuditSources =
  (props: AuditSourcesProps) =>
  async (delivery: Delivery): Promise<SQSBatchResponse> => {
    if ('Records' in delivery) return hear(props, delivery.Records);
    const told = readLogDelivery(delivery)
      .map((entry) => logEntryEvent(entry, props.reading))
      .filter((one) => one !== undefined);
    putOnRecord(props, told, await keepAddresses(props, told));
    return { batchItemFailures: [] };
  };

/** Messages that nobody can read come again until they are dead letters, and so do those whose address could not be kept. */
const hear = async (props: AuditSourcesProps, messages: readonly SQSRecord[]): Promise<SQSBatchResponse> => {
  const heard = messages.map(({ body, messageId }) => ({ messageId, told: readMessage(body, props.reading) }));
  const ours = heard.flatMap(({ told }) => (typeof told === 'string' ? [] : [told]));
  const digests = await keepAddresses(props, ours).catch((fault: unknown) => {
    props.faults.report(fault);
    return noDigests;
  });
  putOnRecord(props, ours, digests);
  const failed = heard.filter(({ told }) => (typeof told === 'string' ? told === 'unreadable' : lacksDigest(told, digests)));
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
};

/** Digests of addresses, by the event that they are of. */
type Digests = ReadonlyMap<string, string>;

const noDigests: Digests = new Map();

const keepAddresses = async ({ addresses }: AuditSourcesProps, told: readonly ToldEvent[]): Promise<Digests> => {
  const entries = told.flatMap(({ event: { id, at }, address }) => (address === undefined ? [] : [{ eventId: id, at, address }]));
  return entries.length === 0 ? noDigests : addresses.keep(entries);
};

const lacksDigest = ({ event, address }: ToldEvent, digests: Digests): boolean => address !== undefined && !digests.has(event.id);

const putOnRecord = ({ auditLog }: AuditSourcesProps, told: readonly ToldEvent[], digests: Digests): void => {
  for (const one of told) {
    const addressDigest = digests.get(one.event.id);
    if (!lacksDigest(one, digests)) auditLog.emit(addressDigest === undefined ? one.event : { ...one.event, addressDigest });
  }
};
