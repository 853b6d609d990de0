import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { FaultLog } from './fault-log.ts';

interface Dealing {
  readonly faults: FaultLog;
  /** False for a message that nobody can read: it comes again until it is a dead letter. */
  readonly deal: (message: SQSRecord) => Promise<boolean>;
}

/**
 * Deals with the messages of a queue one after the other. Those that failed come again, and only those (Lambda Developer Guide,
 * "Implementing partial batch responses").
 */
export const eachMessage = async ({ Records }: Pick<SQSEvent, 'Records'>, { faults, deal }: Dealing): Promise<SQSBatchResponse> => {
  const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
  for (const message of Records)
    if (!(await isDealtWith(message, { faults, deal }))) batchItemFailures.push({ itemIdentifier: message.messageId });
  return { batchItemFailures };
};

const isDealtWith = async (message: SQSRecord, { faults, deal }: Dealing): Promise<boolean> => {
  try {
    return await deal(message);
  } catch (fault) {
    faults.report(fault);
    return false;
  }
};
