import type { Reconciled, Reconciler, Wishes } from './reconciler.ts';
import type { Station } from './station.ts';
import { stationsOf } from './stations.ts';

/** Part of a full pass. */
export interface PassSlice {
  /** The `next` of the slice before. Text that is no such thing begins at the start. */
  readonly cursor: string | undefined;
  /** Milliseconds since the epoch; what was begun is done to the end of its page. */
  readonly until: number;
  /** About so many rows. */
  readonly most: number;
}

export interface PassSliceDone {
  readonly reconciled: readonly Reconciled[];
  /** How many rows of lists were looked at. */
  readonly looked: number;
  /** Where the pass goes on; none when it is done. */
  readonly next?: string;
}

/** Looks at the whole fleet, page by page, as far as the budget goes. Each page may be looked at again: what was repaired is not found twice. */
export const runFullPass = async (reconciler: Reconciler, { cursor, until, most }: PassSlice, wishes: Wishes): Promise<PassSliceDone> => {
  const stations = stationsOf(reconciler);
  const reconciled: Reconciled[] = [];
  let looked = 0;
  let place = placeOf(stations, cursor);
  while (place !== undefined && (looked === 0 || (looked < most && reconciler.clock.now() < until))) {
    const page = await place.station.look(place.after, wishes);
    reconciled.push(...page.reconciled);
    // A page may be empty and cost a request nevertheless.
    looked += Math.max(1, page.looked);
    place = page.next === undefined ? afterwards(stations, place.station) : { station: place.station, after: page.next };
  }
  return place === undefined ? { reconciled, looked } : { reconciled, looked, next: cursorOf(place) };
};

interface Place {
  readonly station: Station;
  readonly after: string | undefined;
}

const cursorOf = ({ station: { name }, after }: Place): string => (after === undefined ? name : `${name} ${after}`);

const placeOf = (stations: readonly Station[], cursor: string | undefined): Place | undefined => {
  const [name, after] = cursor?.split(' ') ?? [];
  const found = stations.find((station) => station.name === name);
  const [first] = stations;
  if (found !== undefined) return { station: found, after };
  return first && { station: first, after: undefined };
};

const afterwards = (stations: readonly Station[], station: Station): Place | undefined => {
  const next = stations[stations.indexOf(station) + 1];
  return next && { station: next, after: undefined };
};
