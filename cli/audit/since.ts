import { CommandError } from '../command-error.ts';
import { parseDuration } from '../../domain/duration.ts';

/**
 * The time that lies a duration ago, in milliseconds since the epoch; a date or time in UTC is itself.
 * @throws CommandError
 */
export const parseSince = (text: string, now: number, option = '--since'): number => {
  const duration = parseDuration(text);
  if (duration !== undefined) return Math.max(0, now - duration);
  const time = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?Z)?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(time)) return time;
  throw new CommandError(`${option} is "${text}"; expected a duration (1h, 7d) or a time in UTC (2027-01-31, 2027-01-31T12:00Z).`);
};
