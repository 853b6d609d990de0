import { dayNames, monthNames, type PatternPiece, readTimePattern } from './time-pattern.ts';
import { zoneName, zoneOffset } from './time-zone.ts';

/** The letters of Joda-Time's patterns that are supported. */
export const formatLetters = 'GYyMdDEaHhKkmsSzZ';

interface Moment {
  readonly atMs: number;
  /** Its fields in UTC are those of the zone. */
  readonly local: Date;
  readonly zone: string;
  readonly offsetMs: number;
}

const padded = (value: number, width: number): string => String(value).padStart(width, '0');

const named = (names: readonly string[], index: number, width: number): string => {
  const name = names[index] ?? '';
  return width > 3 ? name : name.slice(0, 3);
};

const offsetText = (offsetMs: number, separator: string): string => {
  const minutes = Math.abs(offsetMs) / 60_000;
  return `${offsetMs < 0 ? '-' : '+'}${padded(Math.floor(minutes / 60), 2)}${separator}${padded(minutes % 60, 2)}`;
};

const year = (value: number, width: number): string => (width === 2 ? padded(value % 100, 2) : padded(value, width));

const zoneText = ({ zone, atMs, offsetMs }: Moment, width: number): string => {
  if (/^(UTC|Z)$/i.test(zone)) return width > 3 ? 'Coordinated Universal Time' : 'UTC';
  return zoneName(zone, atMs, width > 3 ? 'long' : 'short') ?? offsetText(offsetMs, ':');
};

const dayOfYear = (local: Date): number => Math.floor((local.getTime() - Date.UTC(local.getUTCFullYear(), 0, 1)) / 86_400_000) + 1;

const fields: Readonly<Record<string, (moment: Moment, width: number) => string>> = {
  G: ({ local }) => (local.getUTCFullYear() > 0 ? 'AD' : 'BC'),
  Y: ({ local }, width) => year(local.getUTCFullYear() > 0 ? local.getUTCFullYear() : 1 - local.getUTCFullYear(), width),
  y: ({ local }, width) => year(local.getUTCFullYear(), width),
  M: ({ local }, width) => (width > 2 ? named(monthNames, local.getUTCMonth(), width) : padded(local.getUTCMonth() + 1, width)),
  d: ({ local }, width) => padded(local.getUTCDate(), width),
  D: ({ local }, width) => padded(dayOfYear(local), width),
  E: ({ local }, width) => named(dayNames, local.getUTCDay(), width),
  a: ({ local }) => (local.getUTCHours() < 12 ? 'AM' : 'PM'),
  H: ({ local }, width) => padded(local.getUTCHours(), width),
  h: ({ local }, width) => padded(local.getUTCHours() % 12 || 12, width),
  K: ({ local }, width) => padded(local.getUTCHours() % 12, width),
  k: ({ local }, width) => padded(local.getUTCHours() || 24, width),
  m: ({ local }, width) => padded(local.getUTCMinutes(), width),
  s: ({ local }, width) => padded(local.getUTCSeconds(), width),
  S: ({ local }, width) => padded(local.getUTCMilliseconds(), 3).padEnd(width, '0').slice(0, width),
  z: zoneText,
  Z: ({ zone, offsetMs }, width) => (width > 2 ? zone : offsetText(offsetMs, width === 2 ? ':' : '')),
};

const write = (piece: PatternPiece, moment: Moment): string | undefined => {
  if ('text' in piece) return piece.text;
  return Object.hasOwn(fields, piece.letter) ? fields[piece.letter]?.(moment, piece.width) : undefined;
};

// Dates that JavaScript cannot hold have no text.
const latestMs = 8.64e15;

/** A moment as a Joda-Time pattern has it; undefined for a pattern, a zone or a moment that cannot be written. */
export function formatTime(pattern: string, atMs: number, zone: string): string | undefined {
  if (Math.abs(atMs) > latestMs - 86_400_000) return undefined;
  const offsetMs = zoneOffset(zone, atMs);
  if (offsetMs === undefined) return undefined;
  const moment = { atMs, zone, offsetMs, local: new Date(atMs + offsetMs) };
  const texts = readTimePattern(pattern).map((piece) => write(piece, moment));
  return texts.includes(undefined) ? undefined : texts.join('');
}
