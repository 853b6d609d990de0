import { parseDays } from './cron-day.ts';
import type { FieldRange } from './cron-field.ts';
import { fieldValues } from './cron-field.ts';
import type { Schedule } from './schedule.ts';

const minutes: FieldRange = { min: 0, max: 59 };
const hours: FieldRange = { min: 0, max: 23 };
const months: FieldRange = { min: 1, max: 12, names: 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ') };
const years: FieldRange = { min: 1970, max: 2199 };

const minuteMs = 60_000;
const dayMs = 86_400_000;

interface Cron {
  readonly isOnDay: (date: Date) => boolean;
  /** Minutes since midnight, in order. */
  readonly times: readonly number[];
  readonly lastYear: number;
}

const sorted = (values: ReadonlySet<number>): readonly number[] => [...values].sort((a, b) => a - b);

const readCron = (text: string): Cron | undefined => {
  const [minute = '', hour = '', monthDay = '', month = '', weekDay = '', year = '', ...rest] = text.split(/ +/);
  const atMinutes = fieldValues(minutes, minute);
  const atHours = fieldValues(hours, hour);
  const inMonths = fieldValues(months, month);
  const inYears = fieldValues(years, year);
  const isDay = parseDays(monthDay, weekDay);
  if (!atMinutes || !atHours || !inMonths || !inYears || !isDay || rest.length > 0) return undefined;
  return {
    isOnDay: (date) => inYears.has(date.getUTCFullYear()) && inMonths.has(date.getUTCMonth() + 1) && isDay(date),
    times: sorted(atHours).flatMap((one) => sorted(atMinutes).map((other) => one * 60 + other)),
    lastYear: Math.max(...inYears),
  };
};

const nextOf = ({ isOnDay, times, lastYear }: Cron, afterMs: number): number | undefined => {
  for (let day = Math.floor(afterMs / dayMs) * dayMs; new Date(day).getUTCFullYear() <= lastYear; day += dayMs) {
    if (!isOnDay(new Date(day))) continue;
    const time = times.find((one) => day + one * minuteMs > afterMs);
    if (time !== undefined) return day + time * minuteMs;
  }
  return undefined;
};

/** `cron(0 12 ? * MON-FRI *)`, in UTC. */
export const parseCron = (expression: string): Schedule | undefined => {
  const cron = readCron(/^cron\((.+)\)$/.exec(expression)?.[1] ?? '');
  return cron && { next: (afterMs) => nextOf(cron, afterMs) };
};
