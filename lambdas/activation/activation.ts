import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Enrollment } from '../../domain/enrollment.ts';
import type { FaultLog } from '../middleware/fault-log.ts';
import { type ClientIdReading, type ThingSightings, readSightings } from './read-sightings.ts';
import { noteSeen, retireReplaced, type Settler } from './settle-thing.ts';

export interface ActivationProps extends Settler, ClientIdReading {
  readonly faults: FaultLog;
}

/** How many things are in hand at a time; AWS IoT allows few control-plane calls a second. */
const AT_ONCE = 10;

/**
 * Takes note of the connections in a batch of SQS messages. Reads every thing once, a hundred in a request, and writes only
 * what changes. All of that is done, and devices are told of it, before the first certificate is retired: nobody waits for that. Messages
 * of a thing that could not be settled return to the queue (ReportBatchItemFailures).
 */
export const createActivation =
  (props: ActivationProps) =>
  async ({ Records }: Pick<SQSEvent, 'Records'>): Promise<SQSBatchResponse> => {
    const { things, unreadable } = readSightings(Records, props);
    const enrollments = await props.store.readMany(things.map(({ thing }) => thing));
    const seenOf = new Map(things.map((seen) => [seen.thing, seen]));
    const failed = [...unreadable];

    const settle = async (found: Enrollment, step: Step): Promise<readonly Enrollment[]> => {
      const seen = seenOf.get(found.thingName);
      if (seen === undefined) return [];
      try {
        const settled = await step(props, found, seen);
        return settled === undefined ? [] : [settled];
      } catch (fault) {
        props.faults.report(fault);
        failed.push(...seen.messageIds);
        return [];
      }
    };
    const noted = await eachOf(enrollments, (found) => settle(found, noteSeen));
    const toRetire = noted.flat().filter((enrollment) => enrollment.toRetire.length > 0);
    await eachOf(toRetire, (enrollment) => settle(enrollment, retireReplaced));
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };

type Step = (settler: Settler, found: Enrollment, seen: ThingSightings) => Promise<Enrollment | undefined>;

const eachOf = async <One, Done>(all: readonly One[], act: (one: One) => Promise<Done>): Promise<readonly Done[]> => {
  const left = [...all];
  const done: Done[] = [];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) done.push(await act(next));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return done;
};
