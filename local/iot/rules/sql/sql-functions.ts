import { createHash, randomUUID } from 'node:crypto';
import type { SqlValue } from './sql-expression.ts';

/** The message that a rule looks at. */
export interface RuleContext {
  /** The payload's JSON object; undefined when the payload is anything else (DG:iot-sql-json). */
  readonly json: Readonly<Record<string, SqlValue>> | undefined;
  readonly rawPayload: Buffer;
  readonly topic: string;
  /** Undefined when a service published the message. */
  readonly clientId: string | undefined;
  readonly principal: string | undefined;
  readonly accountId: string;
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
}

interface SqlFunction {
  /** As the documentation spells it; calls may write it in any case. */
  readonly name: string;
  readonly minArguments: number;
  readonly maxArguments: number;
  call(args: readonly SqlValue[], context: RuleContext): SqlValue;
}

/** Standard conversion to string (DG:iot-sql-data-types). */
export function asString(value: SqlValue): string | undefined {
  if (value === undefined) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const onString =
  (apply: (text: string) => SqlValue) =>
  ([value]: readonly SqlValue[]): SqlValue => {
    const text = asString(value);
    return text === undefined ? undefined : apply(text);
  };

const onStrings =
  (apply: (first: string, second: string) => SqlValue) =>
  ([first, second]: readonly SqlValue[]): SqlValue => {
    const [one, two] = [asString(first), asString(second)];
    return one === undefined || two === undefined ? undefined : apply(one, two);
  };

const isList = (value: SqlValue): value is readonly SqlValue[] => Array.isArray(value);

const isMap = (value: SqlValue): value is Readonly<Record<string, SqlValue>> =>
  typeof value === 'object' && value !== null && !isList(value);

/** A member of an object, its own only. */
export const memberOf = (value: SqlValue, name: string): SqlValue => (isMap(value) && Object.hasOwn(value, name) ? value[name] : undefined);

function get([value, key]: readonly SqlValue[]): SqlValue {
  if (typeof key === 'string') return memberOf(value, key);
  if (typeof key !== 'number') return undefined;
  return isList(value) || typeof value === 'string' ? value[key] : undefined;
}

// DG:iot-sql-function-topic: with a number, that level, counted from 1.
function topic([level]: readonly SqlValue[], context: RuleContext): SqlValue {
  if (level === undefined) return context.topic;
  return typeof level === 'number' ? context.topic.split('/')[level - 1] : undefined;
}

function concat(args: readonly SqlValue[]): SqlValue {
  if (args.every(isList)) return args.flat();
  const texts = args.map(asString);
  return texts.some((text) => text === undefined) ? undefined : texts.join('');
}

const fixed = (name: string, count: number, call: SqlFunction['call']): SqlFunction => ({
  name,
  minArguments: count,
  maxArguments: count,
  call,
});

// DG:iot-sql-functions.
const functions: readonly SqlFunction[] = [
  { name: 'topic', minArguments: 0, maxArguments: 1, call: topic },
  fixed('clientid', 0, (_args, { clientId }) => clientId ?? 'n/a'),
  fixed('principal', 0, (_args, { principal }) => principal),
  fixed('accountid', 0, (_args, { accountId }) => accountId),
  fixed('timestamp', 0, (_args, { nowMs }) => nowMs),
  fixed('newuuid', 0, () => randomUUID()),
  fixed(
    'startswith',
    2,
    onStrings((text, start) => text.startsWith(start)),
  ),
  fixed(
    'endswith',
    2,
    onStrings((text, end) => text.endsWith(end)),
  ),
  fixed(
    'indexof',
    2,
    onStrings((text, part) => text.indexOf(part)),
  ),
  fixed(
    'lower',
    1,
    onString((text) => text.toLowerCase()),
  ),
  fixed(
    'upper',
    1,
    onString((text) => text.toUpperCase()),
  ),
  fixed(
    'length',
    1,
    onString((text) => text.length),
  ),
  fixed(
    'sha256',
    1,
    onString((text) => createHash('sha256').update(text).digest('hex')),
  ),
  { name: 'concat', minArguments: 1, maxArguments: Number.POSITIVE_INFINITY, call: concat },
  fixed('get', 2, get),
  fixed('isNull', 1, ([value]) => value === null),
  fixed('isUndefined', 1, ([value]) => value === undefined),
];

const byName: ReadonlyMap<string, SqlFunction> = new Map(functions.map((one) => [one.name.toLowerCase(), one]));

export const findFunction = (name: string): SqlFunction | undefined => byName.get(name.toLowerCase());

export const functionNames: readonly string[] = functions.map(({ name }) => name);
