/** What a field holds; JSON has texts and numbers, everything else is no field of its own. */
export type Value = string | number;

/** A log event, or a group of them, field by field. */
export type Row = (field: string) => Value | undefined;

/** A number, where a value is one or is written like one. */
export const numberIn = (value: Value | undefined): number | undefined => {
  if (value === undefined || value === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
};

/** Below zero where the first comes first: numbers by what they are, before texts; what is not there comes last. */
export const compareValues = (one: Value | undefined, other: Value | undefined): number => {
  if (one === undefined || other === undefined) return (one === undefined ? 1 : 0) - (other === undefined ? 1 : 0);
  const [first, second] = [numberIn(one), numberIn(other)];
  if (first !== undefined && second !== undefined) return first - second;
  if (first !== undefined || second !== undefined) return first === undefined ? 1 : -1;
  return String(one) < String(other) ? -1 : Number(String(one) > String(other));
};
