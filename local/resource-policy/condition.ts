import { AwsError } from '../aws-error.ts';
import { matchesArn, matchesPattern } from './pattern.ts';

/** Values of condition keys, by key in lower case, e.g. `aws:sourcearn`. */
export type ConditionContext = Readonly<Record<string, string>>;

type Comparison = (wanted: string, got: string) => boolean;

const comparisons: Readonly<Record<string, Comparison>> = {
  StringEquals: (wanted, got) => wanted === got,
  StringEqualsIgnoreCase: (wanted, got) => wanted.toLowerCase() === got.toLowerCase(),
  StringLike: matchesPattern,
  ArnEquals: matchesArn,
  ArnLike: matchesArn,
  Bool: (wanted, got) => wanted.toLowerCase() === got.toLowerCase(),
};

const negated: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
};

/** IAM User Guide, "Condition operators": a key that is absent fails a positive operator and satisfies a negated or `…IfExists` one. */
const holds = (operator: string, wanted: readonly string[], got: string | undefined): boolean => {
  if (operator === 'Null') return wanted.some((value) => (value === 'true') === (got === undefined));
  const base = operator.replace(/IfExists$/, '');
  const positive = negated[base] ?? base;
  const compare = comparisons[positive];
  // Guessing either way would open or shut a door that AWS would not: say so instead.
  if (compare === undefined)
    throw new AwsError('InternalFailure', `The local AWS does not support the condition operator ${operator}.`, { status: 500 });
  if (got === undefined) return base !== operator || base in negated;
  const isMatch = wanted.some((value) => compare(value, got));
  return base in negated ? !isMatch : isMatch;
};

/** Whether every operator and key of a statement's `Condition` block holds. */
export const conditionHolds = (
  condition: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> | undefined,
  context: ConditionContext,
): boolean =>
  Object.entries(condition ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => holds(operator, wanted, context[key.toLowerCase()])),
  );
