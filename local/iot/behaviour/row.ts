import type * as z from 'zod';

/** `evidence`: AWS documents it, or users saw it. `assumed`: nobody outside knows; the likeliest until a capture from a real account says. */
export type Basis = 'evidence' | 'assumed';

/** One fact about AWS IoT that a capture from a real account may correct. */
export interface BehaviourRow<Value> {
  readonly value: Value;
  readonly schema: z.ZodType<Value>;
  /** One sentence in the present tense that holds for the default value. */
  readonly says: string;
  readonly basis: Basis;
}

/** A fact that nobody outside AWS knows. */
export const assumed = <Value>(schema: z.ZodType<Value>, value: Value, says: string): BehaviourRow<Value> => ({
  ...{ schema, value, says, basis: 'assumed' },
});

/** A fact that was seen, but is documented nowhere or differs between documents; `says` names who saw it. */
export const seen = <Value>(schema: z.ZodType<Value>, value: Value, says: string): BehaviourRow<Value> => ({
  ...{ schema, value, says, basis: 'evidence' },
});

/** Facts by `<area>.<fact>`, in kebab-case. */
export type BehaviourRows = Readonly<Record<string, BehaviourRow<unknown>>>;
