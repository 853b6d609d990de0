// An abbreviation says the offset by itself; the rest of the world's are ambiguous and have to be written out.
const abbreviations: Readonly<Record<string, number>> = { PST: -8, PDT: -7, MST: -7, MDT: -6, CST: -6, CDT: -5, EST: -5, EDT: -4 };

const hourMs = 3_600_000;

const fixedOffset = (zone: string): number | undefined => {
  const hours = Object.hasOwn(abbreviations, zone) ? abbreviations[zone] : undefined;
  if (hours !== undefined) return hours * hourMs;
  if (/^(Z|UTC|GMT|UT)$/.test(zone)) return 0;
  const [, sign, hour, minute = '0'] = /^(?:UTC|GMT|UT)?([+-])(\d{1,2})(?::?(\d{2}))?$/.exec(zone) ?? [];
  if (sign === undefined || Number(hour) > 18 || Number(minute) > 59) return undefined;
  return (sign === '-' ? -1 : 1) * (Number(hour) * hourMs + Number(minute) * 60_000);
};

const formats = new Map<string, Intl.DateTimeFormat>();
const maxFormats = 100;

const formatOf = (timeZone: string, timeZoneName: 'short' | 'long' | 'longOffset'): Intl.DateTimeFormat => {
  const key = `${timeZone} ${timeZoneName}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName });
  if (formats.size >= maxFormats) formats.clear();
  formats.set(key, known);
  return known;
};

/** How a zone calls itself at a moment; undefined for a zone that nobody knows. */
export function zoneName(zone: string, atMs: number, timeZoneName: 'short' | 'long' | 'longOffset'): string | undefined {
  try {
    return formatOf(zone, timeZoneName)
      .formatToParts(atMs)
      .find(({ type }) => type === 'timeZoneName')?.value;
  } catch {
    return undefined;
  }
}

/** A zone's distance from UTC at a moment, in milliseconds; undefined for a zone that nobody knows. */
export function zoneOffset(zone: string, atMs: number): number | undefined {
  const fixed = fixedOffset(zone);
  if (fixed !== undefined) return fixed;
  const name = zoneName(zone, atMs, 'longOffset');
  return name === undefined ? undefined : fixedOffset(name);
}
