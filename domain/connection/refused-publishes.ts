import type { Enrollment } from '../enrollment.ts';
import type { ThingName } from '../identifiers.ts';
import { POLICY_PROPAGATION_MS } from '../policy-propagation.ts';
import { principalOf } from './principal.ts';
import { type Suspicion, mayBeSuspected } from './suspicion.ts';

/** A message that AWS IoT did not take from a device, because no policy allowed it. */
export interface RefusedPublish {
  /** Names its log entry: the same however often it is delivered. */
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** What is remembered of a device whose messages were refused. */
export interface RefusedPublishes {
  readonly thingName: ThingName;
  /** Each once, in the order of their times: as many as it takes, and none older than the latest by more than the window. */
  readonly seen: readonly RefusedPublish[];
  /** The day, counted from the epoch in UTC, on which they last were too many. */
  readonly suspectedOn?: number;
  /** Grows by one with each write. */
  readonly version: number;
}

const WINDOW_MS = 5 * 60_000;

/**
 * With what was seen added; `undefined` where it was known already. It does not matter how often, how late and in which order the
 * same entries come. No more than `enough` are kept: the item stays small, whatever a device tries.
 */
export const withRefused = (
  found: RefusedPublishes | undefined,
  thingName: ThingName,
  { refused, enough }: { readonly refused: readonly RefusedPublish[]; readonly enough: number },
): RefusedPublishes | undefined => {
  const before = found?.seen ?? [];
  const seen = latestOf([...before, ...refused], enough);
  const isKnown = seen.length === before.length && seen.every(({ id }, index) => id === before[index]?.id);
  return isKnown ? undefined : { ...found, thingName, seen, version: (found?.version ?? 0) + 1 };
};

const latestOf = (all: readonly RefusedPublish[], enough: number): readonly RefusedPublish[] => {
  const each = [...new Map(all.map((one) => [one.id, one])).values()];
  const inOrder = each.toSorted((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1));
  const latest = inOrder.at(-1)?.at ?? 0;
  return inOrder.filter(({ at }) => latest - at < WINDOW_MS).slice(-enough);
};

/** Whether a principal, as AWS IoT's log has it, is what the device is known by. */
export const isPrincipalOf = ({ approach, certificates, thingName }: Enrollment, principal: string): boolean =>
  approach === 'pki' ? certificates.some(({ id }) => id === principal) : principal === principalOf(thingName);

/** Where an operator gave a device more rights, AWS IoT may go by the fewer for some minutes: that is no fault of the device. */
export const isOfItsOwnDoing = ({ lastEvent: { code, at: since } }: Pick<Enrollment, 'lastEvent'>, { at }: RefusedPublish): boolean =>
  (code !== 'device.released' && code !== 'device.confirmed') || at >= since + POLICY_PROPAGATION_MS;

const WATCH = 'refusal-watch';

/** Whoever is out already is refused everything, and that is no news; but what the watch itself began it must finish. */
export const isToBeWatched = (enrollment: Enrollment): boolean => {
  const { actor } = enrollment.lastEvent;
  return mayBeSuspected(enrollment) || (actor.kind === 'service' && actor.name === WATCH);
};

/** That a device tries what it has no right to. */
export const refusalSuspicion = (thingName: ThingName, principal: string): Suspicion => ({
  ...{ thingName, principal },
  ...{ code: 'device.publishes-refused', kind: 'refused', watch: WATCH },
  note: 'it publishes what it may not, again and again',
});
