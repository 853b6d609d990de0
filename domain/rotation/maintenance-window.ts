import * as z from 'zod/mini';
import { MINUTE_MS, DAY_MS } from '../duration.ts';

/** Of the week, as ISO 8601 begins it. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const timeOfDay = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/));

/** A time of day on some days of the week, in UTC. One that ends before it begins ends on the next day. */
export const maintenanceWindow = z.strictObject({
  days: z._default(z.array(z.enum(weekdays)).check(z.minLength(1)), [...weekdays]),
  /** `HH:MM`. */
  from: timeOfDay,
  /** `HH:MM`; no more at this minute. */
  until: timeOfDay,
});

export type MaintenanceWindow = z.infer<typeof maintenanceWindow>;

/** Whether a time, in milliseconds since the epoch, lies in one of the windows. With no windows it always does. */
export const isOpenAt = (windows: readonly MaintenanceWindow[], at: number): boolean =>
  windows.length === 0 || windows.some((window) => covers(window, at));

const covers = ({ days, from, until }: MaintenanceWindow, at: number): boolean => {
  const minute = Math.floor((at % DAY_MS) / MINUTE_MS);
  const [begin, end] = [minuteOf(from), minuteOf(until)];
  const began = (dayAt: number) => days.includes(weekdayOf(dayAt));
  if (begin < end) return began(at) && minute >= begin && minute < end;
  return (began(at) && minute >= begin) || (began(at - DAY_MS) && minute < end);
};

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

const weekdayOf = (at: number) => {
  const sundayFirst = new Date(at).getUTCDay();
  return weekdays[(sundayFirst + 6) % 7] ?? 'mon';
};
