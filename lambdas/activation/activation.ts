import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { FaultLog } from '../middleware/fault-log.ts';
import { type ClientIdReading, type ThingSightings, readSightings } from './read-sightings.ts';
import { type Settler, settleThing } from './settle-thing.ts';

export interface ActivationProps extends Settler, ClientIdReading {
  readonly faults: FaultLog;
}

/** How many things are settled at a time; AWS IoT allows few control-plane calls a second. */
const WAVE = 10;

/**
 * Takes note of the connections in a batch of SQS messages. Reads every thing once, a hundred in a request, and writes only
 * what changes; messages of a thing that could not be settled return to the queue (ReportBatchItemFailures).
 */
export const createActivation =
  (props: ActivationProps) =>
  async ({ Records }: Pick<SQSEvent, 'Records'>): Promise<SQSBatchResponse> => {
    const { things, unreadable } = readSightings(Records, props);
    const enrollments = await props.store.readMany(things.map(({ thing }) => thing));
    const enrolled = new Map(enrollments.map((enrollment) => [enrollment.thingName, enrollment]));
    const settle = async ({ thing, messageIds, ...seen }: ThingSightings): Promise<readonly string[]> => {
      const enrollment = enrolled.get(thing);
      if (enrollment === undefined) return [];
      try {
        await settleThing(props, enrollment, seen);
        return [];
      } catch (fault) {
        props.faults.report(fault);
        return messageIds;
      }
    };
    const failed = [...unreadable];
    for (let start = 0; start < things.length; start += WAVE) {
      failed.push(...(await Promise.all(things.slice(start, start + WAVE).map(settle))).flat());
    }
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };
