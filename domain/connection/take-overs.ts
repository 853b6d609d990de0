import type { ThingName } from '../identifiers.ts';

/** A connection under a device's client id, as AWS IoT described it while it was open. */
export interface HeldConnection {
  /** When it was opened: milliseconds since the epoch. It names the connection. */
  readonly since: number;
  /** Of the peer. */
  readonly address: string;
}

/** What is remembered of a device whose connections are taken over by others under the same client id. */
export interface TakeOvers {
  readonly thingName: ThingName;
  /** Whose they are: the certificate's id, or what an authorizer calls the device. */
  readonly principal: string;
  /** Connections that were seen, each once, in the order of their times: few, and none older than the latest by more than the window. */
  readonly held: readonly HeldConnection[];
  /** The day, counted from the epoch in UTC, on which it was last suspected to be two. */
  readonly suspectedOn?: number;
  /** Grows by one with each write. */
  readonly version: number;
}

/** As many as it takes to be sure, and some that came out of order. */
const MAX_HELD = 8;
/** Clients wait longer after each loss, two minutes in the end: five connections of two such clients are opened within it. */
const WINDOW_MS = 30 * 60_000;
/** How often an address must come back after another had its place. Once and twice is a device between two networks. */
const RETURNS = 3;

/** What somebody saw when a connection had been taken over. */
export interface SeenTakeOver extends Pick<TakeOvers, 'thingName' | 'principal'> {
  /** Who holds the client id since. */
  readonly holder: HeldConnection;
}

/**
 * With what was seen added; `undefined` where it was known already. It does not matter how often, how late and in which order the
 * same connections are seen.
 */
export const withTakeOver = (found: TakeOvers | undefined, { thingName, principal, holder }: SeenTakeOver): TakeOvers | undefined => {
  const version = (found?.version ?? 0) + 1;
  // What came before was another credential: a device that was given one leaves its old connection behind.
  if (found?.principal !== principal) return { ...found, thingName, principal, held: [holder], version };
  const held = latestOf([...found.held.filter(({ since }) => since !== holder.since), holder]);
  return isSame(held, found.held) ? undefined : { ...found, held, version };
};

const latestOf = (all: readonly HeldConnection[]): readonly HeldConnection[] => {
  const inOrder = all.toSorted((one, other) => one.since - other.since);
  const latest = inOrder.at(-1)?.since ?? 0;
  return inOrder.filter(({ since }) => latest - since <= WINDOW_MS).slice(-MAX_HELD);
};

const isSame = (one: readonly HeldConnection[], other: readonly HeldConnection[]): boolean =>
  one.length === other.length &&
  one.every(({ since, address }, index) => since === other[index]?.since && address === other[index].address);

/** Whether two devices take the connection from each other: it goes back and forth between addresses. */
export const isAlternating = ({ held }: Pick<TakeOvers, 'held'>): boolean =>
  held.filter(({ address }, index) => {
    const before = held.slice(0, index);
    return address !== before.at(-1)?.address && before.some((earlier) => earlier.address === address);
  }).length >= RETURNS;

/** The addresses that were seen, each once, the latest first. */
export const addressesOf = ({ held }: Pick<TakeOvers, 'held'>): readonly string[] => [
  ...new Set(held.toReversed().map(({ address }) => address)),
];
