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
    const told = readLogDelivery(delivery).map((entry) => logEntryEvent(entry, props.reading));
    await putOnRecord(
      props,
      told.filter((one) => one !== undefined),
    );
    return { batchItemFailures: [] };
  };

/** Messages that nobody can read come again until they are dead letters, and so do those whose address could not be kept. */
const hear = async (props: AuditSourcesProps, messages: readonly SQSRecord[]): Promise<SQSBatchResponse> => {
  const heard = messages.map(({ body, messageId }) => ({ messageId, told: readMessage(body, props.reading) }));
  const ours = heard.flatMap(({ told }) => (typeof told === 'string' ? [] : [told]));
  const isKept = await triesToPutOnRecord(props, ours);
  const failed = heard.filter(({ told }) => told === 'unreadable' || (!isKept && typeof told !== 'string' && told.address !== undefined));
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
};

/** False when only what has no address is on record. */
const triesToPutOnRecord = async (props: AuditSourcesProps, told: readonly ToldEvent[]): Promise<boolean> => {
  try {
    await putOnRecord(props, told);
    return true;
  } catch (fault) {
    props.faults.report(fault);
    for (const { event, address } of told) if (address === undefined) props.auditLog.emit(event);
    return false;
  }
};

const putOnRecord = async ({ addresses, auditLog }: AuditSourcesProps, told: readonly ToldEvent[]): Promise<void> => {
  const entries = told.flatMap(({ event: { id, at }, address }) => (address === undefined ? [] : [{ eventId: id, at, address }]));
  const digests = entries.length === 0 ? new Map<string, string>() : await addresses.keep(entries);
  for (const { event } of told) {
    const addressDigest = digests.get(event.id);
    auditLog.emit(addressDigest === undefined ? event : { ...event, addressDigest });
  }
};
