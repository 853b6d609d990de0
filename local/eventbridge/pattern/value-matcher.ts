import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';

/** Whether one value of an event matches; undefined stands for a member that the event does not have. */
export type ValueMatcher = (value: unknown) => boolean;

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
export const invalidPattern = (reason: string): AwsError =>
  new AwsError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason}`);

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const text = z.string();
const caseless = z.strictObject({ 'equals-ignore-case': text });
const scalarOrList = z.union([scalar.transform((value) => [value]), z.array(scalar).min(1)]);
const textOrList = z.union([text.transform((value) => [value]), z.array(text).min(1)]);

const escaped = (literal: string): string => literal.replace(/[$()+.?[\\\]^{|}]/g, String.raw`\$&`);

const ofText =
  (test: (value: string) => boolean): ValueMatcher =>
  (value) =>
    typeof value === 'string' && test(value);

const byWildcard = (wildcard: string): ValueMatcher => {
  const pattern = new RegExp(`^${wildcard.split('*').map(escaped).join('.*')}$`, 's');
  return ofText((value) => pattern.test(value));
};

const equalsAnyCase = (wanted: string): ValueMatcher => ofText((value) => value.toLowerCase() === wanted.toLowerCase());

/** `{"prefix": "a"}` or `{"prefix": {"equals-ignore-case": "a"}}`; `suffix` likewise. */
const byEnd = (operand: unknown, end: 'startsWith' | 'endsWith'): ValueMatcher => {
  const plain = text.safeParse(operand);
  if (plain.success) return ofText((value) => value[end](plain.data));
  const wanted = caseless.parse(operand)['equals-ignore-case'].toLowerCase();
  return ofText((value) => value.toLowerCase()[end](wanted));
};

const excludedText: Readonly<Record<string, (operand: string) => ValueMatcher>> = {
  prefix: (operand) => byEnd(operand, 'startsWith'),
  suffix: (operand) => byEnd(operand, 'endsWith'),
  wildcard: byWildcard,
  'equals-ignore-case': equalsAnyCase,
};

/** A member that is missing is not "anything but": only `exists` speaks of it. */
const anythingBut = (operand: unknown): ValueMatcher => {
  const values = scalarOrList.safeParse(operand);
  const excluded = values.success
    ? values.data.map(
        (value): ValueMatcher =>
          (one) =>
            one === value,
      )
    : excludedTexts(operand);
  return (value) => value !== undefined && !excluded.some((matches) => matches(value));
};

const excludedTexts = (operand: unknown): readonly ValueMatcher[] => {
  const [[name, wanted] = ['', undefined]] = Object.entries(z.record(z.string(), textOrList).parse(operand));
  const matcher = Object.hasOwn(excludedText, name) ? excludedText[name] : undefined;
  if (matcher === undefined) throw invalidPattern(`Unrecognized match type anything-but ${name}`);
  return (wanted ?? []).map(matcher);
};

const comparisons: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

const byNumber = (operand: unknown): ValueMatcher => {
  const parts = z
    .array(z.union([z.enum(['=', '<', '<=', '>', '>=']), z.number()]))
    .min(2)
    .max(4)
    .parse(operand);
  const tests = parts.flatMap((part, index) => (index % 2 === 0 ? [[part, parts[index + 1]] as const] : []));
  if (tests.some(([sign, bound]) => typeof sign !== 'string' || typeof bound !== 'number'))
    throw invalidPattern('Value of numeric must be an array of comparisons and numbers');
  return (value) => typeof value === 'number' && tests.every(([sign, bound]) => comparisons[sign]?.(value, Number(bound)) === true);
};

const byExistence = (operand: unknown): ValueMatcher => {
  const isWanted = z.boolean().parse(operand);
  return (value) => (value !== undefined) === isWanted;
};

/** EventBridge User Guide, "Comparison operators for use in event patterns". */
const operators: Readonly<Record<string, (operand: unknown) => ValueMatcher>> = {
  'anything-but': anythingBut,
  'equals-ignore-case': (operand) => equalsAnyCase(text.parse(operand)),
  exists: byExistence,
  numeric: byNumber,
  prefix: (operand) => byEnd(operand, 'startsWith'),
  suffix: (operand) => byEnd(operand, 'endsWith'),
  wildcard: (operand) => byWildcard(text.parse(operand)),
};

/** One entry of a list of a pattern: a value, or `{"<operator>": …}`. @throws AwsError `InvalidEventPatternException` */
export const valueMatcher = (entry: unknown): ValueMatcher => {
  if (entry === null || typeof entry !== 'object') return (value) => value === entry;
  const [[name, operand] = ['', undefined], ...more] = Object.entries(entry);
  const operator = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (operator === undefined || more.length > 0) throw invalidPattern(`Unrecognized match type ${name}`);
  try {
    return operator(operand);
  } catch (thrown) {
    throw thrown instanceof z.ZodError ? invalidPattern(`Value of ${name} is not valid`) : thrown;
  }
};
