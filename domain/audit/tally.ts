import { HOUR_MS, MINUTE_MS } from '../duration.ts';

/** Below this is, for each batch that was stored, how many lines of which minute of the log it had. */
export const TALLY_PREFIX = 'counted/';

/** Lines of one minute of the log that were stored together. */
export interface Tally {
  /** When the minute began, in milliseconds since the epoch. */
  readonly minute: number;
  readonly lines: number;
}

export const minuteOf = (at: number): number => at - (at % MINUTE_MS);

/** What the tallies of an hour begin with. */
const hourPrefix = (hour: number): string => `${TALLY_PREFIX}${new Date(hour).toISOString().slice(0, 13)}/`;

/** The name says everything. `digest` is of what the log calls its lines, so that lines that are brought again are not counted again. */
export const tallyKeyOf = ({ minute, lines }: Tally, digest: string): string =>
  `${hourPrefix(minute)}${new Date(minute).toISOString().slice(14, 16)}-${digest}-${lines}`;

const WRITTEN = /^counted\/(\d{4}-\d\d-\d\dT\d\d)\/(\d\d)-[0-9a-f]{64}-(\d{1,9})$/;

/** Reads a tally back from its name; `undefined` for what is none. */
export const readTally = (key: string): Tally | undefined => {
  const [, hour, minute, lines] = WRITTEN.exec(key) ?? [];
  const at = Date.parse(`${String(hour)}:${String(minute)}Z`);
  return Number.isNaN(at) ? undefined : { minute: at, lines: Number(lines) };
};

/** What the names of all tallies between two instants begin with, hour by hour. */
export const tallyPrefixes = ({ from, until }: { readonly from: number; readonly until: number }): readonly string[] => {
  const first = from - (from % HOUR_MS);
  return Array.from({ length: Math.ceil((until - first) / HOUR_MS) }, (_, hours) => hourPrefix(first + hours * HOUR_MS));
};
