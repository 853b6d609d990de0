import type { CloudWatchLogsEvent, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { AddressBook } from '../../domain/audit/sources/address-digest.ts';
import { logEntryEvent } from '../../domain/audit/sources/log-entry-event.ts';
import type { ToldEvent } from '../../domain/audit/sources/told-event.ts';
import type { AuditLog } from '../../domain/ports.ts';
import { eachMessage } from '../middleware/each-message.ts';
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
    if ('Records' in delivery) return eachMessage(delivery, { faults: props.faults, deal: ({ body }) => hear(props, body) });
    const told = readLogDelivery(delivery).map((entry) => logEntryEvent(entry, props.reading));
    for (const one of told) if (one !== undefined) await putOnRecord(props, one);
    return { batchItemFailures: [] };
  };

/** False for what neither the rule nor the bus says. */
const hear = async (props: AuditSourcesProps, body: string): Promise<boolean> => {
  const told = readMessage(body, props.reading);
  if (told === 'unreadable') return false;
  if (told !== 'not-ours') await putOnRecord(props, told);
  return true;
};

const putOnRecord = async ({ addresses, auditLog }: AuditSourcesProps, { event, address }: ToldEvent): Promise<void> => {
  if (address === undefined) auditLog.emit(event);
  else auditLog.emit({ ...event, addressDigest: await addresses.keep({ eventId: event.id, at: event.at, address }) });
};
