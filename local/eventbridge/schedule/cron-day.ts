import type { FieldRange } from './cron-field.ts';
import { fieldValues } from './cron-field.ts';

/** Whether a schedule runs on a day, given as midnight in UTC. */
export type DayTest = (date: Date) => boolean;

const dayOfMonth: FieldRange = { min: 1, max: 31 };
const dayOfWeek: FieldRange = { min: 1, max: 7, names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] };

const lastDayOf = (date: Date): number => new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();

const weekdayOf = (date: Date): number => date.getUTCDay() + 1;

/** The Monday to Friday that is nearest to a day, in the same month. */
const nearestWorkday = (date: Date, day: number): number => {
  const last = lastDayOf(date);
  const wanted = Math.min(day, last);
  const weekday = weekdayOf(new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), wanted)));
  if (weekday === 7) return wanted === 1 ? 3 : wanted - 1;
  if (weekday === 1) return wanted === last ? wanted - 2 : wanted + 1;
  return wanted;
};

const monthDays = (text: string): DayTest | undefined => {
  if (text === 'L') return (date) => date.getUTCDate() === lastDayOf(date);
  if (text === 'LW') return (date) => date.getUTCDate() === nearestWorkday(date, 31);
  const day = Number(/^(\d{1,2})W$/.exec(text)?.[1] ?? Number.NaN);
  if (day >= dayOfMonth.min && day <= dayOfMonth.max) return (date) => date.getUTCDate() === nearestWorkday(date, day);
  const values = fieldValues(dayOfMonth, text);
  return values && ((date) => values.has(date.getUTCDate()));
};

const weekDays = (text: string): DayTest | undefined => {
  if (text === 'L') return (date) => weekdayOf(date) === 7;
  const [, name, kind, nth] = /^(\w+?)(?:(L)|#([1-5]))$/.exec(text) ?? [];
  const [weekday] = name === undefined ? [] : (fieldValues(dayOfWeek, name) ?? []);
  if (weekday !== undefined && kind === 'L') {
    return (date) => weekdayOf(date) === weekday && date.getUTCDate() + 7 > lastDayOf(date);
  }
  if (weekday !== undefined && nth !== undefined) {
    return (date) => weekdayOf(date) === weekday && Math.ceil(date.getUTCDate() / 7) === Number(nth);
  }
  const values = fieldValues(dayOfWeek, text);
  return values && ((date) => values.has(weekdayOf(date)));
};

/** Both fields for days: exactly one of them must be `?`, the other one decides. */
export const parseDays = (monthField: string, weekField: string): DayTest | undefined => {
  if ((monthField === '?') === (weekField === '?')) return undefined;
  return weekField === '?' ? monthDays(monthField) : weekDays(weekField);
};
