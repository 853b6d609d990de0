import { dayNames, monthNames, type PatternPiece, readTimePattern } from './time-pattern.ts';
import { zoneOffset } from './time-zone.ts';

/** The letters of `java.time`'s patterns that are supported. */
export const parseLetters = 'GyuMdEaHhKkmsSzVXxZ';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

const short = (names: readonly string[]): string => names.map((name) => name.slice(0, 3)).join('|');

const zonePattern = String.raw`[A-Za-z][A-Za-z0-9_/+-]*(?::\d\d)?|[+-]\d\d(?::?\d\d)?`;

const groupOf = ({ letter, width }: { readonly letter: string; readonly width: number }): string | undefined => {
  if (letter === 'M' && width > 2) return width > 3 ? monthNames.join('|') : short(monthNames);
  if (letter === 'E') return width > 3 ? dayNames.join('|') : short(dayNames);
  if (letter === 'G') return 'AD|BC';
  if (letter === 'a') return 'AM|PM';
  if ('zVXxZ'.includes(letter)) return zonePattern;
  if (letter === 'y' || letter === 'u') return width === 1 ? String.raw`\d{1,6}` : String.raw`\d{${width}}`;
  return 'dMHhKkmsS'.includes(letter) ? String.raw`\d{${width === 1 && letter !== 'S' ? '1,2' : width}}` : undefined;
};

type Fields = ReadonlyMap<string, string>;

// What is longer is no pattern, and a field that comes twice makes matching slow.
const maxPieces = 50;

/** The text of each letter's field. */
function readFields(text: string, pieces: readonly PatternPiece[]): Fields | undefined {
  const keys = pieces.flatMap((piece) => ('letter' in piece ? [keyOf(piece.letter, piece.width)] : []));
  const isTooWide = pieces.some((piece) => 'letter' in piece && piece.width > 9);
  if (pieces.length > maxPieces || isTooWide || new Set(keys).size < keys.length) return undefined;
  const groups = pieces.map((piece) => ('text' in piece ? escaped(piece.text) : (groupOf(piece) ?? '(?!)')));
  const match = new RegExp(`^${groups.map((group, index) => ('text' in (pieces[index] ?? {}) ? group : `(${group})`)).join('')}$`).exec(
    text,
  );
  return match === null ? undefined : new Map(keys.map((key, index) => [key, match[index + 1] ?? '']));
}

const keyOf = (letter: string, width: number): string => {
  if (letter === 'M') return width > 2 ? 'month-name' : 'M';
  if ('zVXxZ'.includes(letter)) return 'zone';
  if (letter === 'u' || letter === 'y') return width === 2 ? 'yy' : 'y';
  return letter;
};

function yearIn(fields: Fields): number {
  const two = fields.get('yy');
  const year = two === undefined ? Number(fields.get('y') ?? 1970) : 2000 + Number(two); // java.time reads two digits from 2000 on
  return fields.get('G') === 'BC' ? 1 - year : year;
}

const monthIn = (fields: Fields): number => {
  const name = fields.get('month-name');
  return name === undefined ? Number(fields.get('M') ?? 1) - 1 : monthNames.findIndex((month) => month.startsWith(name));
};

function hourIn(fields: Fields): number {
  const half = fields.get('h') ?? fields.get('K');
  if (half === undefined) return Number(fields.get('H') ?? fields.get('k') ?? 0) % 24;
  return (Number(half) % 12) + (fields.get('a') === 'PM' ? 12 : 0);
}

const isWithin = (fields: Fields): boolean =>
  Number(fields.get('H') ?? 0) < 24 && Number(fields.get('m') ?? 0) < 60 && Number(fields.get('s') ?? 0) < 60;

function localMs(fields: Fields): number | undefined {
  const [year, month, day] = [yearIn(fields), monthIn(fields), Number(fields.get('d') ?? 1)];
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  const isDate = date.getUTCMonth() === month && date.getUTCDate() === day;
  if (!isDate || !isWithin(fields)) return undefined;
  const fraction = Number((fields.get('S') ?? '0').padEnd(3, '0').slice(0, 3));
  return date.getTime() + ((hourIn(fields) * 60 + Number(fields.get('m') ?? 0)) * 60 + Number(fields.get('s') ?? 0)) * 1000 + fraction;
}

/** Milliseconds since the epoch of a text in a pattern of `java.time`, in UTC unless it names a zone; undefined for any other text. */
export function parseTime(text: string, pattern: string): number | undefined {
  const fields = readFields(text, readTimePattern(pattern));
  const local = fields === undefined ? undefined : localMs(fields);
  if (fields === undefined || local === undefined) return undefined;
  const zone = fields.get('zone') ?? 'UTC';
  const guess = zoneOffset(zone, local);
  // Near a change of the clocks the offset is another at the moment than at the same figures in UTC.
  const offset = guess === undefined ? undefined : zoneOffset(zone, local - guess);
  return offset === undefined ? undefined : local - offset;
}
