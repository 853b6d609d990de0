import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { FaultLog } from '../middleware/fault-log.ts';
import { type AnnouncementJudge, judgeAnnouncement } from './judge-announcement.ts';
import { readAnnouncement } from './read-announcement.ts';

export interface JustInTimeRegistrationProps extends AnnouncementJudge {
  readonly faults: FaultLog;
}

/**
 * Judges devices that arrive with a vendor CA's certificate. One after the other, because AWS IoT takes few control-plane
 * calls a second; a message that could not be dealt with returns to the queue, and the device announces itself again anyway.
 */
export const createJustInTimeRegistration =
  (props: JustInTimeRegistrationProps) =>
  async ({ Records }: Pick<SQSEvent, 'Records'>): Promise<SQSBatchResponse> => {
    const failed: string[] = [];
    for (const record of Records) if (!(await isDone(props, record))) failed.push(record.messageId);
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };

const isDone = async (props: JustInTimeRegistrationProps, { body, messageId }: SQSRecord): Promise<boolean> => {
  const announcement = readAnnouncement(body);
  if (announcement === undefined) return false;
  try {
    await judgeAnnouncement(props, announcement, messageId);
    return true;
  } catch (fault) {
    props.faults.report(fault);
    return false;
  }
};
