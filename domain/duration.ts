export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: MINUTE_MS, h: HOUR_MS, d: DAY_MS };
const FORM = /^(?<count>\d{1,9})(?<unit>ms|s|m|h|d)$/;

/** Milliseconds in a duration such as `90s`, `5m`, `12h` or `30d`; `undefined` when it is none. */
export const parseDuration = (text: string): number | undefined => {
  const { count, unit } = FORM.exec(text)?.groups ?? {};
  const unitMs = unit === undefined ? undefined : UNITS_MS[unit];
  return unitMs === undefined ? undefined : Number(count) * unitMs;
};
