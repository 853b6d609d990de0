import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { eachMessage } from '../middleware/each-message.ts';
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
  (event: Pick<SQSEvent, 'Records'>): Promise<SQSBatchResponse> =>
    eachMessage(event, {
      faults: props.faults,
      deal: async ({ body, messageId }) => {
        const announcement = readAnnouncement(body);
        if (announcement !== undefined) await judgeAnnouncement(props, announcement, messageId);
        return announcement !== undefined;
      },
    });
