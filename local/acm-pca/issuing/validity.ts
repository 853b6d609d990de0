import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';

const validityTypes = ['END_DATE', 'ABSOLUTE', 'DAYS', 'MONTHS', 'YEARS'] as const;

/** API reference, Validity. */
export const validity = z.object({ Value: z.int().min(1), Type: z.enum(validityTypes) });

/** API reference, IssueCertificate: the only kind that it takes. */
export const validityNotBefore = z.object({ Value: z.int().min(1), Type: z.literal('ABSOLUTE') });

const refuse = (message: string): AwsError => new AwsError('ValidationException', message);

/** `YYMMDDHHMMSS` as UTCTime has it, or `YYYYMMDDHHMMSS` (RFC 5280 §4.1.2.5). */
const endDate = (value: number): number => {
  const digits = String(value).length > 12 ? String(value) : String(value).padStart(12, '0');
  const full = digits.length === 12 ? `${Number(digits.slice(0, 2)) < 50 ? '20' : '19'}${digits}` : digits;
  const [, year = '', month = '', day = '', hour = '', minute = '', second = ''] =
    /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(full) ?? [];
  const text = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
  if (Number.isNaN(Date.parse(text))) throw refuse(`The end date ${value} is none.`);
  return Date.parse(text);
};

const later = (nowMs: number, change: (date: Date) => void): number => {
  const date = new Date(nowMs);
  change(date);
  return date.getTime();
};

const endOf = ({ Type, Value }: z.output<typeof validity>, nowMs: number): number => {
  switch (Type) {
    case 'ABSOLUTE':
      return Value * 1000;
    case 'END_DATE':
      return endDate(Value);
    case 'DAYS':
      return nowMs + Value * 86_400_000;
    case 'MONTHS':
      return later(nowMs, (date) => date.setUTCMonth(date.getUTCMonth() + Value));
    case 'YEARS':
      return later(nowMs, (date) => date.setUTCFullYear(date.getUTCFullYear() + Value));
  }
};

/** X.509 counts in seconds, and four digits of a year. */
const endOfTime = Date.UTC(9999, 11, 31, 23, 59, 59);

/** Until when a certificate is valid that is issued now, in milliseconds since the epoch. Refuses with `ValidationException`. */
export const notAfterOf = (wanted: z.output<typeof validity>, nowMs: number): number => {
  const notAfter = Math.floor(endOf(wanted, nowMs) / 1000) * 1000;
  if (!(notAfter <= endOfTime)) throw refuse('The validity ends after the year 9999.');
  if (notAfter < nowMs + 1000) throw refuse('The validity is over before it begins: one second is the least.');
  return notAfter;
};

/** API reference, IssueCertificate: an hour before it is issued, because clocks differ. */
export const defaultBackdatingMs = 60 * 60_000;
