/** Everything that can be found wrong with history that was sealed. */
export const flawKinds = [
  'seal-missing',
  'seal-unreadable',
  'seal-not-signed',
  'chain-broken',
  'events-missing',
  'events-changed',
  'witness-differs',
  'end-missing',
  'standing-still',
  'clock-ahead',
  'delete-marker',
  'second-version',
  'not-sealed',
] as const;

export type FlawKind = (typeof flawKinds)[number];

/** Something that is not as it was sealed. */
export interface Flaw {
  readonly kind: FlawKind;
  /** The period; 0 where it is of none. */
  readonly sequence: number;
  readonly key?: string;
  readonly versionId?: string;
  /** What was found, and what should be. */
  readonly detail: string;
}

/** What leaves the sealed versions as they are: it lies over them, beside them or behind them. */
const besides: ReadonlySet<FlawKind> = new Set(['standing-still', 'clock-ahead', 'delete-marker', 'second-version', 'not-sealed']);

/** Whether nothing from this period on can be vouched for. */
export const breaksChain = ({ kind }: Flaw): boolean => !besides.has(kind);
