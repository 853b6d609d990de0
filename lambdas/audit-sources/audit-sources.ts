import type { CloudWatchLogsEvent, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { AddressBook } from '../../domain/audit/sources/address-digest.ts';
import { logEntryEvent } from '../../domain/audit/sources/log-entry-event.ts';
import type { ToldEvent } from '../../domain/audit/sources/told-event.ts';
import type { AuditLog } from '../../domain/ports.ts';
import type { FaultLog } from '../middleware/fault-log.ts';
import { readLogDelivery } from '../middleware/log-delivery.ts';
import { type SourceReading, readMessage } from './read-message.ts';

export interface AuditSourcesProps {
  readonly reading: SourceReading;
  readonly addresses: AddressBook;
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
    if ('Records' in delivery)
      return { batchItemFailures: (await readQueue(props, delivery)).map((itemIdentifier) => ({ itemIdentifier })) };
    const told = readLogDelivery(delivery).map((entry) => logEntryEvent(entry, props.reading));
    for (const one of told) if (one !== undefined) await putOnRecord(props, one);
    return { batchItemFailures: [] };
  };

/** The messages that are to come again. */
const readQueue = async (props: AuditSourcesProps, { Records }: Pick<SQSEvent, 'Records'>): Promise<readonly string[]> => {
  const failed: string[] = [];
  for (const { body, messageId } of Records) {
    const told = readMessage(body, props.reading);
    if (told === 'unreadable' || (told !== 'not-ours' && !(await isOnRecord(props, told)))) failed.push(messageId);
  }
  return failed;
};

const isOnRecord = async (props: AuditSourcesProps, told: ToldEvent): Promise<boolean> => {
  try {
    await putOnRecord(props, told);
    return true;
  } catch (fault) {
    props.faults.report(fault);
    return false;
  }
};

const putOnRecord = async ({ addresses, auditLog }: AuditSourcesProps, { event, address }: ToldEvent): Promise<void> => {
  if (address === undefined) auditLog.emit(event);
  else auditLog.emit({ ...event, addressDigest: await addresses.keep({ eventId: event.id, at: event.at, address }) });
};
