import type { RuleContext } from '../../rule-context.ts';
import { asInt, asString } from '../conversions.ts';
import type { SqlExpression, SqlValue } from '../sql-expression.ts';
import { literalText, ofStrings, sqlFunction, type SqlFunction } from '../sql-function.ts';
import { formatLetters, formatTime } from '../time/format-time.ts';
import { parseLetters, parseTime } from '../time/parse-time.ts';
import { strangeLetter } from '../time/time-pattern.ts';

/** A pattern that is written out is refused when it asks for more than is supported, and not silently without a value. */
const checkPattern = (expression: SqlExpression | undefined, letters: string): string | undefined => {
  const strange = strangeLetter(literalText(expression) ?? '', letters);
  return strange === undefined ? undefined : `the letter ${strange} of a time pattern is not supported by the local AWS`;
};

function parse([pattern, timestamp, ...zones]: readonly SqlValue[], { behaviour }: RuleContext): SqlValue {
  const [text, atMs] = [asString(pattern), asInt(timestamp, behaviour)];
  const zone = zones.length === 0 ? 'UTC' : asString(zones[0]);
  return text === undefined || atMs === undefined || zone === undefined ? undefined : formatTime(text, atMs, zone);
}

/** Functions of date and time (DG:iot-sql-functions). */
export const timeFunctions: readonly SqlFunction[] = [
  sqlFunction('parse_time', [2, 3], { isLater: true, call: parse, check: ([pattern]) => checkPattern(pattern, formatLetters) }),
  sqlFunction('time_to_epoch', 2, {
    isLater: true,
    call: ofStrings((text, pattern) => parseTime(text, pattern)),
    check: ([, pattern]) => checkPattern(pattern, parseLetters),
  }),
];
