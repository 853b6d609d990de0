import { BlockList, isIP } from 'node:net';
import { matchesArn, matchesPattern, substitute } from './match-pattern.ts';
import type { ContextLookup } from './match-pattern.ts';
import type { Pattern } from './parse-pattern.ts';

/** Compares one value of the request with one operand of the policy. */
type Comparison = (operand: Pattern, actual: string, lookup: ContextLookup) => boolean;

/** An IAM condition operator (IAM: "IAM JSON policy elements: Condition operators"). */
export interface ConditionOperator {
  readonly name: string;
  /** `…Not…`: holds when no operand compares. */
  readonly isNegated: boolean;
  /** Whether `*` and `?` in an operand are wildcards. */
  readonly hasWildcards: boolean;
  readonly compare: Comparison;
  /** Whether the policy may give that operand; variables are not resolved yet. */
  readonly isOperand: (text: string) => boolean;
}

const anyText = (): boolean => true;

/** An operand without wildcards, variables replaced; undefined when one has no value. */
function literal(operand: Pattern, lookup: ContextLookup): string | undefined {
  const parts = operand.tokens.map((token) => {
    if (token.kind === 'literal') return token.text;
    return token.kind === 'variable' ? substitute(token, lookup) : undefined;
  });
  return parts.some((part) => part === undefined) ? undefined : parts.join('');
}

const equalsIgnoringCase: Comparison = (operand, actual, lookup) => literal(operand, lookup)?.toLowerCase() === actual.toLowerCase();

/** `203.0.113.0/24`, `2001:db8::/32` or a single address; undefined when it is neither. */
function parseNetwork(text: string): { readonly address: string; readonly prefix: number; readonly family: 'ipv4' | 'ipv6' } | undefined {
  const [address = '', prefixText, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return undefined;
  const longest = version === 4 ? 32 : 128;
  const prefix = prefixText === undefined ? longest : Number(prefixText);
  const isPrefix = (prefixText === undefined || /^\d{1,3}$/.test(prefixText)) && prefix <= longest;
  return isPrefix ? { address, prefix, family: version === 4 ? 'ipv4' : 'ipv6' } : undefined;
}

const isInNetwork: Comparison = (operand, actual) => {
  const network = parseNetwork(operand.text);
  const version = isIP(actual);
  if (network === undefined || version === 0) return false;
  const list = new BlockList();
  list.addSubnet(network.address, network.prefix, network.family);
  return list.check(actual, version === 4 ? 'ipv4' : 'ipv6');
};

const isNumber = (text: string): boolean => text.trim() !== '' && Number.isFinite(Number(text));

// IAM accepts W3C ISO 8601 dates and epoch seconds.
const instant = (text: string): number => (/^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text));

type Order = (actual: number, operand: number) => boolean;

const ordered =
  (read: (text: string) => number, order: Order): Comparison =>
  (operand, actual) =>
    order(read(actual), read(operand.text));

const isBoolean = (text: string): boolean => text === 'true' || text === 'false';

const orders: Readonly<Record<string, Order>> = {
  Equals: (actual, operand) => actual === operand,
  LessThan: (actual, operand) => actual < operand,
  LessThanEquals: (actual, operand) => actual <= operand,
  GreaterThan: (actual, operand) => actual > operand,
  GreaterThanEquals: (actual, operand) => actual >= operand,
};

const exact = { hasWildcards: false, isOperand: anyText } as const;
const wild = { hasWildcards: true, isOperand: anyText } as const;
const network = { hasWildcards: false, compare: isInNetwork, isOperand: (text: string) => parseNetwork(text) !== undefined } as const;
const numeric = { hasWildcards: false, isOperand: isNumber } as const;
const date = { hasWildcards: false, isOperand: (text: string) => !Number.isNaN(instant(text)) } as const;

const pair = (name: string, negatedName: string, rest: Omit<ConditionOperator, 'name' | 'isNegated'>): readonly ConditionOperator[] => [
  { name, isNegated: false, ...rest },
  { name: negatedName, isNegated: true, ...rest },
];

const orderedFamily = (
  family: string,
  read: (text: string) => number,
  rest: typeof numeric | typeof date,
): readonly ConditionOperator[] => [
  ...Object.entries(orders).map(([suffix, order]) => ({
    name: `${family}${suffix}`,
    isNegated: false,
    compare: ordered(read, order),
    ...rest,
  })),
  { name: `${family}NotEquals`, isNegated: true, compare: ordered(read, (actual, operand) => actual === operand), ...rest },
];

const operators: readonly ConditionOperator[] = [
  ...pair('StringEquals', 'StringNotEquals', { ...exact, compare: matchesPattern }),
  ...pair('StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', { ...exact, compare: equalsIgnoringCase }),
  ...pair('StringLike', 'StringNotLike', { ...wild, compare: matchesPattern }),
  // IAM: ArnEquals and ArnLike behave identically.
  ...pair('ArnEquals', 'ArnNotEquals', { ...wild, compare: matchesArn }),
  ...pair('ArnLike', 'ArnNotLike', { ...wild, compare: matchesArn }),
  ...pair('IpAddress', 'NotIpAddress', network),
  ...orderedFamily('Numeric', Number, numeric),
  ...orderedFamily('Date', instant, date),
  { name: 'Bool', isNegated: false, hasWildcards: false, compare: (operand, actual) => operand.text === actual, isOperand: isBoolean },
  { name: 'Null', isNegated: false, hasWildcards: false, compare: () => false, isOperand: isBoolean },
];

const byName: ReadonlyMap<string, ConditionOperator> = new Map(operators.map((operator) => [operator.name, operator]));

/** The operator of that exact name, without set prefix and `IfExists`. */
export const findOperator = (name: string): ConditionOperator | undefined => byName.get(name);
