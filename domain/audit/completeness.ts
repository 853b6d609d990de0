import { DAY_MS, HOUR_MS, MINUTE_MS } from '../duration.ts';
import { minuteOf } from './tally.ts';

/** How much there was in each minute, by when it began; a minute that is not there had nothing. */
export type PerMinute = ReadonlyMap<number, number>;

/** The same things, counted where they must have been and where they must be. */
export interface Counted {
  readonly expected: PerMinute;
  readonly found: PerMinute;
}

/** What is kept between two looks at a pair of counts. */
export interface Balance {
  /** How many more were expected than found, by the time that is settled; below zero where more were found. */
  readonly owed: number;
  /** When last, as far as that is settled, nothing was owed: milliseconds since the epoch. */
  readonly evenAt: number;
}

/** What is looked at: all whole minutes from the one at which the last look ended to have settled. */
export interface Look {
  readonly from: number;
  /** What is before this is over: no retry brings it any more. */
  readonly settled: number;
  readonly until: number;
}

/** Lambda tries an asynchronous call for six hours; what is not there an hour later does not come. */
export const PATIENCE_MS = 7 * HOUR_MS;

/** CloudWatch may take as long to count what was. */
const DELAY_MS = 15 * MINUTE_MS;

/** CloudWatch knows single minutes for fifteen days. */
const MEMORY_MS = 14 * DAY_MS;

/** The look that is due; `settled` is where the last one ended to have settled. `undefined` where nothing has come since, or a clock was set back. */
export const nextLook = (settled: number, now: number): Look | undefined => {
  const until = minuteOf(now - DELAY_MS);
  if (until <= settled) return undefined;
  const patient = until - PATIENCE_MS;
  return { from: Math.max(settled, until - MEMORY_MS), settled: Math.max(settled, patient), until };
};

export interface Settlement {
  readonly balance: Balance;
  /** How many have been missing for so long that they are lost; they are owed no more. */
  readonly lost: number;
}

/**
 * Goes on with a balance. What has been owed all the time since what is settled is lost; less was owed at one moment where something
 * was only late, or one count was ahead of the other. What was found too often all that time, because it came twice, is forgotten
 * likewise, so that it stands for nothing that is lost later.
 */
export const settle = (before: Balance, { expected, found }: Counted, { from, settled, until }: Look): Settlement => {
  let { owed, evenAt } = before;
  const pass = (minute: number): void => {
    if (owed <= 0) evenAt = minute;
    owed += (expected.get(minute) ?? 0) - (found.get(minute) ?? 0);
  };
  for (let minute = from; minute < settled; minute += MINUTE_MS) pass(minute);
  const [owedThen, evenThen] = [owed, owed <= 0 ? settled : evenAt];
  let [least, most] = [owed, owed];
  for (let minute = settled; minute < until; minute += MINUTE_MS) {
    pass(minute);
    [least, most] = [Math.min(least, owed), Math.max(most, owed)];
  }
  const lost = Math.max(0, least);
  const tooMany = Math.min(0, most);
  return { balance: { owed: owedThen - lost - tooMany, evenAt: lost > 0 ? settled : evenThen }, lost };
};
