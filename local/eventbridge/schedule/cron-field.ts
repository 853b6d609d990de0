/** What one field of a cron expression may hold. */
export interface FieldRange {
  readonly min: number;
  readonly max: number;
  /** In place of numbers, from `min` on, e.g. JAN to DEC. */
  readonly names?: readonly string[];
}

const numberIn = ({ min, max, names = [] }: FieldRange, text: string): number | undefined => {
  const named = names.indexOf(text.toUpperCase());
  const value = named < 0 ? (/^\d{1,4}$/.test(text) ? Number(text) : Number.NaN) : named + min;
  return value >= min && value <= max ? value : undefined;
};

const stepped = (from: number, to: number, step: number): readonly number[] =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);

/** `*`, `a`, `a-b`, each with `/step` or without; undefined for anything else. */
const partValues = (range: FieldRange, part: string): readonly number[] | undefined => {
  const [body = '', stepText, ...rest] = part.split('/');
  const step = stepText === undefined ? 1 : /^[1-9]\d{0,3}$/.test(stepText) ? Number(stepText) : undefined;
  if (step === undefined || rest.length > 0) return undefined;
  if (body === '*') return stepped(range.min, range.max, step);
  const [first = '', last, ...more] = body.split('-');
  const from = numberIn(range, first);
  // `5/10` means every tenth from 5 on; `5` means 5.
  const to = last === undefined ? (stepText === undefined ? from : range.max) : numberIn(range, last);
  if (from === undefined || to === undefined || from > to || more.length > 0) return undefined;
  return stepped(from, to, step);
};

/** The values that a field selects; undefined when it cannot be read. */
export const fieldValues = (range: FieldRange, text: string): ReadonlySet<number> | undefined => {
  const parts = text.split(',').map((part) => partValues(range, part));
  const values = parts.flatMap((part) => part ?? []);
  return parts.includes(undefined) ? undefined : new Set(values);
};
