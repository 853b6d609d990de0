import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { TriggerAction } from '../../domain/configuration/configuration-triggers.ts';
import type { ConnectionLook, TakeOverStore } from '../../domain/connection/take-over-ports.ts';
import { type SeenTakeOver, type TakeOvers, dayOf, isAlternating, withTakeOver } from '../../domain/connection/take-overs.ts';
import type { LineName } from '../../domain/identifiers.ts';
import { ContentionError } from '../activation/contention-error.ts';
import type { FaultLog } from '../middleware/fault-log.ts';
import { type ClientIdReading, type TakenOver, readTakeOvers } from './read-take-overs.ts';
import { type CloneSuspicion, suspectClone } from './suspect-clone.ts';

export interface CloneWatchProps extends CloneSuspicion, ClientIdReading {
  readonly takeOvers: TakeOverStore;
  readonly connections: ConnectionLook;
  readonly actionOf: (line: LineName) => TriggerAction;
  readonly faults: FaultLog;
}

const MAX_ATTEMPTS = 4;

/**
 * Looks who holds a client id each time that a connection under it was taken over. Its answers are facts about one connection each, so
 * that messages may come late, twice and in any order. A device whose connections nobody takes costs nothing.
 */
export const createCloneWatch =
  (props: CloneWatchProps) =>
  async ({ Records }: Pick<SQSEvent, 'Records'>): Promise<SQSBatchResponse> => {
    const { takenOver, unreadable } = readTakeOvers(Records, props);
    const failed = [...unreadable];
    for (const one of takenOver) {
      try {
        await watch(props, one);
      } catch (fault) {
        props.faults.report(fault);
        failed.push(...one.messageIds);
      }
    }
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };

const watch = async (props: CloneWatchProps, { thing, line, clientId, principal }: TakenOver): Promise<void> => {
  const holder = await props.connections.holderOf(clientId);
  if (holder === undefined) return;
  const seen: SeenTakeOver = { thingName: thing, principal, holder };
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const next = withTakeOver(await props.takeOvers.read(thing), seen);
    if (next === undefined || (await props.takeOvers.write(await judged(props, next, line))) === 'written') return;
  }
  throw new ContentionError(thing);
};

// The suspicion is acted on before it is remembered: who finds it not done comes to it again, under the same name.
const judged = async (props: CloneWatchProps, next: TakeOvers, line: LineName): Promise<TakeOvers> => {
  const today = dayOf(props.clock.now());
  if (next.suspectedOn === today || !isAlternating(next)) return next;
  await suspectClone(props, next, props.actionOf(line));
  return { ...next, suspectedOn: today };
};
