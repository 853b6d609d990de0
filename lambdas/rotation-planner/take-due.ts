import type { ThingName } from '../../domain/identifiers.ts';
import type { DuePosition, RotationDemand } from '../../domain/rotation/campaign.ts';
import type { LineRotations } from '../../domain/rotation/rotation-settings.ts';
import type { Planner } from './planner.ts';
import { DAY_MS } from '../../domain/duration.ts';

const PAGE = 100;
/** So many pages at a time: what a run does not come to is left to the next. */
const MAX_PAGES = 50;

/** Takes the devices of a line whose credentials are to be replaced off a list, each once. */
export interface DueTaker {
  /** At most so many; none when there are no more. */
  take(most: number): Promise<readonly ThingName[]>;
  /** What is left of a demand. */
  readonly demand: RotationDemand | undefined;
}

/**
 * What is due first; then, where an operator demanded it, what was in use before that. An index that lags shows nothing twice: the list is
 * gone through once in a run, and that of a demand once in all.
 */
export const openDue = (
  { due }: Pick<Planner, 'due'>,
  { line, settings }: LineRotations[number],
  { at, demand: demanded }: { readonly at: number; readonly demand: RotationDemand | undefined },
): DueTaker => {
  let after: DuePosition | undefined;
  let isThrough = false;
  let demand = demanded;

  const takeDue = async (most: number): Promise<readonly ThingName[]> => {
    const { rows, next } = await due.list({ line, until: at, after }, Math.min(PAGE, most));
    [after, isThrough] = [next, next === undefined];
    return rows.map(({ thing }) => thing);
  };

  // Its age alone says that a credential is due by then: whatever stands further back in the list is younger.
  const takeDemanded = async (most: number, { before, ...begun }: RotationDemand): Promise<readonly ThingName[]> => {
    const until = before + settings.everyDays * DAY_MS;
    const { rows, next } = await due.list({ line, until, after: begun.after }, PAGE);
    const wanted = rows.filter(({ rotateAt, since }) => rotateAt > at && (since ?? 0) < before).slice(0, most);
    const last = wanted.length < most ? next : wanted.at(-1);
    demand = last === undefined ? undefined : { before, after: { thing: last.thing, rotateAt: last.rotateAt } };
    return wanted.map(({ thing }) => thing);
  };

  const takeSome = (most: number): Promise<readonly ThingName[]> | undefined => {
    if (!isThrough) return takeDue(most);
    return demand === undefined ? undefined : takeDemanded(most, demand);
  };

  return {
    get demand() {
      return demand;
    },
    async take(most) {
      const taken: ThingName[] = [];
      for (let page = 0; page < MAX_PAGES && taken.length < most; page += 1) {
        const some = takeSome(most - taken.length);
        if (some === undefined) break;
        taken.push(...(await some));
      }
      return taken;
    },
  };
};
