import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { TriggerAction } from '../../domain/configuration/configuration-triggers.ts';
import { cloneSuspicion } from '../../domain/connection/clone-suspicion.ts';
import type { ConnectionLook, TakeOverStore } from '../../domain/connection/take-over-ports.ts';
import { type SeenTakeOver, isAlternating, withTakeOver } from '../../domain/connection/take-overs.ts';
import type { LineName } from '../../domain/identifiers.ts';
import type { FaultLog } from '../middleware/fault-log.ts';
import { type ClientIdReading, type TakenOver, readTakeOvers } from './read-take-overs.ts';
import { remember } from '../suspicion/remember.ts';
import type { SuspicionResources } from '../suspicion/suspect-device.ts';

export interface CloneWatchProps extends SuspicionResources, ClientIdReading {
  readonly takeOvers: TakeOverStore;
  readonly connections: ConnectionLook;
  readonly actionOf: (line: LineName) => TriggerAction;
  readonly faults: FaultLog;
}

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
  await remember(props, {
    ...{ store: props.takeOvers, thing, action: props.actionOf(line) },
    add: (found) => withTakeOver(found, seen),
    suspicionOf: (next) => (isAlternating(next) ? cloneSuspicion(next) : undefined),
  });
};
