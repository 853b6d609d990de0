import { createContext, Script } from 'node:vm';
import * as z from 'zod';

// A pattern can come from a message, and a hostile one searches for years: a script, unlike a regular expression, can be stopped.
const timeoutMs = 100;

const search = new Script(`
  (() => {
    const found = [];
    for (let match = expression.exec(text); match !== null && found.length < most; match = expression.exec(text)) {
      found.push([match.index, ...match]);
      if (match[0] === '') expression.lastIndex += 1;
    }
    return JSON.stringify(found);
  })()
`);

const match = z.tuple([z.number(), z.string()], z.string().nullable()).readonly();
const matches = z.array(match);

/** Where a match begins, the match, and its groups; Null for a group that took no part. */
export type RegexpMatch = z.output<typeof match>;

/** A pattern of Java's, as far as JavaScript has the same. Undefined when it is no pattern. */
function compile(pattern: string): RegExp | undefined {
  const [, flags = '', rest = pattern] = /^\(\?([ims]+)\)(.*)$/s.exec(pattern) ?? [];
  try {
    return new RegExp(rest, `g${[...new Set(flags)].join('')}`);
  } catch {
    return undefined;
  }
}

/** The matches of a regular expression, at most so many. Undefined for what is no pattern or takes too long. */
export function findMatches(text: string, pattern: string, most: number): readonly RegexpMatch[] | undefined {
  const expression = compile(pattern);
  if (expression === undefined) return undefined;
  try {
    const found: unknown = search.runInContext(createContext({ expression, text, most }), { timeout: timeoutMs });
    return matches.parse(JSON.parse(String(found)));
  } catch {
    return undefined;
  }
}
