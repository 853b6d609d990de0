import { fits } from '../conversions.ts';
import type { SqlValue } from '../sql-expression.ts';
import { findMatches, type RegexpMatch } from '../run-regexp.ts';
import { ofStrings, sqlFunction, type SqlFunction } from '../sql-function.ts';

/** What stands in place of one match: `$1` is a group, `\$` a dollar sign. Undefined for a text that is no replacement. */
function expand(replacement: string, [, ...groups]: RegexpMatch): string | undefined {
  const isReplacement = /^(?:[^$\\]|\\.|\$\d)*$/s.test(replacement);
  const numbers = [...replacement.matchAll(/\\.|\$(\d)/gs)].flatMap(([, digit]) => (digit === undefined ? [] : [Number(digit)]));
  if (!isReplacement || numbers.some((number) => number >= groups.length)) return undefined;
  return replacement.replace(/\\(.)|\$(\d)/gs, (_all, escaped: string | undefined, digit: string | undefined) =>
    digit === undefined ? (escaped ?? '') : (groups[Number(digit)] ?? ''),
  );
}

function replaceMatches(text: string, matches: readonly RegexpMatch[], replacement: string): SqlValue {
  const pieces: string[] = [];
  let [at, length] = [0, 0];
  for (const match of matches) {
    const expanded = expand(replacement, match);
    if (expanded === undefined) return undefined;
    pieces.push(text.slice(at, match[0]), expanded);
    at = match[0] + match[1].length;
    length += expanded.length;
    if (!fits(length)) return undefined;
  }
  return pieces.join('') + text.slice(at);
}

/** Functions of regular expressions (DG:iot-sql-functions). */
export const regexpFunctions: readonly SqlFunction[] = [
  sqlFunction('regexp_matches', 2, {
    call: ofStrings((text, pattern) => {
      const matches = findMatches(text, pattern, 1);
      return matches === undefined ? undefined : matches.length > 0;
    }),
  }),
  sqlFunction('regexp_substr', 2, { call: ofStrings((text, pattern) => findMatches(text, pattern, 1)?.[0]?.[1]) }),
  sqlFunction('regexp_replace', 3, {
    call: ofStrings((text, pattern, replacement) => {
      const matches = findMatches(text, pattern, Number.POSITIVE_INFINITY);
      return matches === undefined ? undefined : replaceMatches(text, matches, replacement);
    }),
  }),
];
