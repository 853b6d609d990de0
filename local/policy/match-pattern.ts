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

const isResolved = (token: PatternToken): token is ResolvedToken => token.kind !== 'variable';

/** Replaces variables by literal text; undefined when one has no value. */
function resolve(tokens: readonly PatternToken[], lookup: ContextLookup): readonly ResolvedToken[] | undefined {
  // Most patterns have none, and every statement of every policy is matched with every request.
  if (tokens.every(isResolved)) return tokens;
  const resolved: ResolvedToken[] = [];
  for (const token of tokens) {
    const text = token.kind === 'variable' ? substitute(token, lookup) : '';
    if (text === undefined) return undefined;
    resolved.push(token.kind === 'variable' ? { kind: 'literal', text } : token);
  }
  return resolved;
}

/** How many code units the character at that place takes; 0 at the end. */
const characterLength = (text: string, at: number): number => (at >= text.length ? 0 : (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);

/** How much of the text a token takes at that place; undefined when it does not fit there. */
const taken = (token: Exclude<ResolvedToken, { readonly kind: 'anyRun' }>, text: string, at: number): number | undefined => {
  if (token.kind === 'literal') return text.startsWith(token.text, at) ? token.text.length : undefined;
  return characterLength(text, at) || undefined;
};

/** Greedy with one point of return, so that the work is at most pattern length × text length, whatever the wildcards. */
function matchesTokens(tokens: readonly ResolvedToken[], text: string): boolean {
  let index = 0;
  let at = 0;
  let retry: { readonly index: number; at: number } | undefined;
  for (;;) {
    const token = tokens[index];
    if (token === undefined && at === text.length) return true;
    if (token?.kind === 'anyRun') {
      index += 1;
      if (index === tokens.length) return true;
      retry = { index, at };
      continue;
    }
    const length = token === undefined ? undefined : taken(token, text, at);
    if (length !== undefined) {
      index += 1;
      at += length;
      continue;
    }
    if (retry === undefined || retry.at >= text.length) return false;
    retry.at += characterLength(text, retry.at);
    ({ index, at } = retry);
  }
}

/** Whether the whole text matches: `*` any run, also across `/`; `?` one character; a variable exactly its value. */
export function matchesPattern(pattern: Pattern, text: string, lookup: ContextLookup): boolean {
  const tokens = resolve(pattern.tokens, lookup);
  return tokens !== undefined && matchesTokens(tokens, text);
}

/** The six parts of an ARN pattern; the last keeps its colons. */
function arnParts(tokens: readonly PatternToken[]): readonly (readonly PatternToken[])[] {
  const parts: PatternToken[][] = [[]];
  for (const token of tokens) {
    if (token.kind !== 'literal') {
      parts.at(-1)?.push(token);
      continue;
    }
    const [first = '', ...others] = splitAtColons(token.text, 6 - parts.length);
    parts.at(-1)?.push({ kind: 'literal', text: first });
    for (const text of others) parts.push([{ kind: 'literal', text }]);
  }
  return parts;
}

/** Cuts a text at its first colons, at most so many of them. */
const splitAtColons = (text: string, most: number): readonly string[] => {
  const pieces = text.split(':');
  return pieces.length <= most + 1 ? pieces : [...pieces.slice(0, most), pieces.slice(most).join(':')];
};

/** Compares two ARNs part by part, so that no wildcard reaches over a colon (IAM: ARN condition operators). */
export function matchesArn(pattern: Pattern, arn: string, lookup: ContextLookup): boolean {
  const parts = arnParts(pattern.tokens);
  const texts = arn.split(':');
  const six = [...texts.slice(0, 5), texts.slice(5).join(':')];
  if (texts.length < 6 || parts.length !== 6) return false;
  return parts.every((tokens, index) => {
    const resolved = resolve(tokens, lookup);
    return resolved !== undefined && matchesTokens(resolved, six[index] ?? '');
  });
}

const noContext: ContextLookup = () => [];

/** A test of texts by one in which only `*` (any run of characters) and `?` (any one) are special. */
export const wildcardTest = (pattern: string): ((text: string) => boolean) => {
  if (!/[*?]/.test(pattern)) return (text) => text === pattern;
  const read = parsePattern(pattern, { wildcards: true, variables: false });
  return (text) => matchesPattern(read, text, noContext);
};

/** As `wildcardTest`, where a pattern is used once. */
export const matchesWildcards = (pattern: string, text: string): boolean => wildcardTest(pattern)(text);
