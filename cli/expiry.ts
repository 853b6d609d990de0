import { parseDuration } from '../domain/duration.ts';

const DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?Z)?$/;

/** When something ends, from a duration (`30d`), a date (`2027-01-31`, its first moment in UTC) or a time (`2027-01-31T12:00Z`). */
export const parseExpiry = (text: string, now: number): number | undefined => {
  const duration = parseDuration(text);
  if (duration !== undefined) return now + duration;
  const time = DATE.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
};
