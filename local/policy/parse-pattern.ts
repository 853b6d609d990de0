/** One step of a pattern: literal text, a wildcard, or a variable whose value is taken literally. */
export type PatternToken =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'anyRun' }
  | { readonly kind: 'anyOne' }
  | { readonly kind: 'variable'; readonly name: string; readonly isSubstitutable: (value: string) => boolean };

export interface Pattern {
  /** As written in the policy. */
  readonly text: string;
  readonly tokens: readonly PatternToken[];
}

/** The text opens a variable that it does not close. */
export class UnclosedVariable extends Error {
  override readonly name = 'UnclosedVariable';
}

// IAM "Policy variables": `${*}`, `${?}` and `${$}` stand for the character itself.
const literalEscapes: ReadonlySet<string> = new Set(['*', '?', '$']);

export interface PatternOptions {
  /** False for operators that compare exactly, where `*` and `?` mean themselves. */
  readonly wildcards: boolean;
  /** False where `${` means itself, too. */
  readonly variables?: boolean;
  /** Which values a variable may be replaced by; all unless given. */
  readonly isSubstitutable?: (value: string) => boolean;
}

const anyValue = (): boolean => true;

const variableToken = (name: string, { isSubstitutable = anyValue }: PatternOptions): PatternToken =>
  literalEscapes.has(name) ? { kind: 'literal', text: name } : { kind: 'variable', name, isSubstitutable };

const characterToken = (character: string, hasWildcards: boolean): PatternToken => {
  if (hasWildcards && character === '*') return { kind: 'anyRun' };
  if (hasWildcards && character === '?') return { kind: 'anyOne' };
  return { kind: 'literal', text: character };
};

/** Adds a token; neighbouring characters become one text, which is compared at once. */
const append = (tokens: PatternToken[], token: PatternToken): void => {
  const last = tokens.at(-1);
  if (last?.kind === 'literal' && token.kind === 'literal') tokens[tokens.length - 1] = { kind: 'literal', text: last.text + token.text };
  else tokens.push(token);
};

/**
 * Reads a policy's pattern. `+` and `#` are ordinary characters (DG:pub-sub-policy).
 * @throws UnclosedVariable
 */
export function parsePattern(text: string, options: PatternOptions): Pattern {
  const { wildcards, variables = true } = options;
  const tokens: PatternToken[] = [];
  let rest = text;
  while (rest.length > 0) {
    if (variables && rest.startsWith('${')) {
      const end = rest.indexOf('}');
      if (end < 0) throw new UnclosedVariable(`"${rest}" opens a variable with "\${" and never closes it with "}"`);
      append(tokens, variableToken(rest.slice(2, end), options));
      rest = rest.slice(end + 1);
      continue;
    }
    const character = String.fromCodePoint(rest.codePointAt(0) ?? 0);
    append(tokens, characterToken(character, wildcards));
    rest = rest.slice(character.length);
  }
  return { text, tokens };
}

/** The names of the variables in it, in order. */
export const variablesOf = (pattern: Pattern): readonly string[] =>
  pattern.tokens.flatMap((token) => (token.kind === 'variable' ? [token.name] : []));
