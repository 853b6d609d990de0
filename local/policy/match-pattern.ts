import { parsePattern } from './parse-pattern.ts';
import type { Pattern, PatternToken } from './parse-pattern.ts';

/** The values of a request's context key; none when the request has no such key. */
export type ContextLookup = (key: string) => readonly string[];

type ResolvedToken = Exclude<PatternToken, { readonly kind: 'variable' }>;

/** The text that replaces a variable; undefined when there is none, and then the pattern matches nothing. */
export function substitute(
  { name, isSubstitutable }: Extract<PatternToken, { readonly kind: 'variable' }>,
  lookup: ContextLookup,
): string | undefined {
  const [value, ...others] = lookup(name);
  return value === undefined || others.length > 0 || !isSubstitutable(value) ? undefined : value;
}

/** Replaces variables by literal characters; undefined when one has no value. */
function resolve(tokens: readonly PatternToken[], lookup: ContextLookup): readonly ResolvedToken[] | undefined {
  const resolved: ResolvedToken[] = [];
  for (const token of tokens) {
    if (token.kind !== 'variable') {
      resolved.push(token);
      continue;
    }
    const value = substitute(token, lookup);
    if (value === undefined) return undefined;
    for (const character of value) resolved.push({ kind: 'character', character });
  }
  return resolved;
}

const matchesOne = (token: ResolvedToken | undefined, character: string): boolean =>
  token !== undefined && (token.kind === 'anyOne' || (token.kind === 'character' && token.character === character));

/** Greedy with one point of return, so that the work is at most pattern length × text length, whatever the wildcards. */
function matchesTokens(tokens: readonly ResolvedToken[], characters: readonly string[]): boolean {
  let token = 0;
  let retryToken = -1;
  let retryCharacter = 0;
  for (let at = 0; at < characters.length; ) {
    if (tokens[token]?.kind === 'anyRun') {
      retryToken = token + 1;
      retryCharacter = at;
      token = retryToken;
    } else if (matchesOne(tokens[token], characters[at] ?? '')) {
      token += 1;
      at += 1;
    } else if (retryToken >= 0) {
      retryCharacter += 1;
      at = retryCharacter;
      token = retryToken;
    } else {
      return false;
    }
  }
  return tokens.slice(token).every(({ kind }) => kind === 'anyRun');
}

/** Whether the whole text matches: `*` any run, also across `/`; `?` one character; a variable exactly its value. */
export function matchesPattern(pattern: Pattern, text: string, lookup: ContextLookup): boolean {
  const tokens = resolve(pattern.tokens, lookup);
  return tokens !== undefined && matchesTokens(tokens, Array.from(text));
}

const isColon = (token: PatternToken): boolean => token.kind === 'character' && token.character === ':';

/** The six parts of an ARN pattern; the last keeps its colons. */
function arnParts(tokens: readonly PatternToken[]): readonly (readonly PatternToken[])[] {
  const parts: PatternToken[][] = [[]];
  for (const token of tokens) {
    if (isColon(token) && parts.length < 6) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** Compares two ARNs part by part, so that no wildcard reaches over a colon (IAM: ARN condition operators). */
export function matchesArn(pattern: Pattern, arn: string, lookup: ContextLookup): boolean {
  const parts = arnParts(pattern.tokens);
  const texts = arn.split(':');
  const six = [...texts.slice(0, 5), texts.slice(5).join(':')];
  if (texts.length < 6 || parts.length !== 6) return false;
  return parts.every((tokens, index) => {
    const resolved = resolve(tokens, lookup);
    return resolved !== undefined && matchesTokens(resolved, Array.from(six[index] ?? ''));
  });
}

const noContext: ContextLookup = () => [];

/** Whether the text matches a text in which only `*` (any run of characters) and `?` (any one) are special. */
export const matchesWildcards = (pattern: string, text: string): boolean =>
  matchesPattern(parsePattern(pattern, { wildcards: true, variables: false }), text, noContext);
