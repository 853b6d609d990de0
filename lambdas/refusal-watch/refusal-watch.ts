import type { CloudWatchLogsEvent } from 'aws-lambda';
import type { TriggerAction } from '../../domain/configuration/configuration-triggers.ts';
import {
  type RefusedPublishes,
  isOfItsOwnDoing,
  isPrincipalOf,
  isToBeWatched,
  refusalSuspicion,
  withRefused,
} from '../../domain/connection/refused-publishes.ts';
import { dayOf } from '../../domain/connection/suspicion.ts';
import type { WatchStore } from '../../domain/connection/watch-store.ts';
import type { LineName } from '../../domain/identifiers.ts';
import { remember } from '../suspicion/remember.ts';
import type { SuspicionResources } from '../suspicion/suspect-device.ts';
import type { FaultLog } from '../middleware/fault-log.ts';
import { type LogReading, type Refused, readRefusals } from './read-refusals.ts';

export interface RefusalWatchProps extends SuspicionResources, LogReading {
  readonly refusedPublishes: WatchStore<RefusedPublishes>;
  /** Undefined for a line that does not want it. */
  readonly actionOf: (line: LineName) => TriggerAction | undefined;
  /** How many within five minutes are too many. */
  readonly enough: number;
  readonly faults: FaultLog;
}

/**
 * Hears what AWS IoT's own log says of messages that it did not take. A flood costs two reads a delivery and device, and after the
 * suspicion no write until the next day.
 *
 * @throws when something of a delivery could not be done: Lambda brings it again, and what was done is not done twice.
 */
export const createRefusalWatch =
  (props: RefusalWatchProps) =>
  async (event: CloudWatchLogsEvent): Promise<void> => {
    const failed: unknown[] = [];
    for (const refused of readRefusals(event, props)) {
      try {
        await watch(props, refused);
      } catch (fault) {
        props.faults.report(fault);
        failed.push(fault);
      }
    }
    if (failed.length > 0) throw new AggregateError(failed, 'Some devices could not be looked after.');
  };

const watch = async (props: RefusalWatchProps, { thing, line, principal, refused }: Refused): Promise<void> => {
  const action = props.actionOf(line);
  const [enrollment] = action === undefined ? [] : await props.store.readMany([thing]);
  if (action === undefined || enrollment === undefined) return;
  const ownDoing = refused.filter((one) => isOfItsOwnDoing(enrollment, one));
  if (ownDoing.length === 0 || !isToBeWatched(enrollment) || !isPrincipalOf(enrollment, principal)) return;
  const today = dayOf(props.clock.now());
  await remember(props, {
    ...{ store: props.refusedPublishes, thing, action },
    add: (found) => (found?.suspectedOn === today ? undefined : withRefused(found, thing, { refused: ownDoing, enough: props.enough })),
    suspicionOf: ({ seen }) => (seen.length >= props.enough ? refusalSuspicion(thing, principal) : undefined),
  });
};
