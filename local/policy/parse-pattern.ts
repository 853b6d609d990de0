/** One step of a pattern: a literal character, a wildcard, or a variable whose value is taken literally. */
export type PatternToken =
  | { readonly kind: 'character'; readonly character: string }
  | { readonly kind: 'anyRun' }
  | { readonly kind: 'anyOne' }
  | { readonly kind: 'variable'; readonly name: string };

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

const variableToken = (name: string): PatternToken =>
  literalEscapes.has(name) ? { kind: 'character', character: name } : { kind: 'variable', name };

const characterToken = (character: string, hasWildcards: boolean): PatternToken => {
  if (hasWildcards && character === '*') return { kind: 'anyRun' };
  if (hasWildcards && character === '?') return { kind: 'anyOne' };
  return { kind: 'character', character };
};

/**
 * Reads a policy's pattern. `+` and `#` are ordinary characters (DG:pub-sub-policy).
 * @param options `wildcards: false` for operators that compare exactly, where `*` and `?` mean themselves.
 * `variables: false` where `${` means itself, too.
 * @throws UnclosedVariable
 */
export function parsePattern(
  text: string,
  { wildcards, variables = true }: { readonly wildcards: boolean; readonly variables?: boolean },
): Pattern {
  const tokens: PatternToken[] = [];
  let rest = text;
  while (rest.length > 0) {
    if (variables && rest.startsWith('${')) {
      const end = rest.indexOf('}');
      if (end < 0) throw new UnclosedVariable(`"${rest}" opens a variable with "\${" and never closes it with "}"`);
      tokens.push(variableToken(rest.slice(2, end)));
      rest = rest.slice(end + 1);
      continue;
    }
    const character = String.fromCodePoint(rest.codePointAt(0) ?? 0);
    tokens.push(characterToken(character, wildcards));
    rest = rest.slice(character.length);
  }
  return { text, tokens };
}

/** The names of the variables in it, in order. */
export const variablesOf = (pattern: Pattern): readonly string[] =>
  pattern.tokens.flatMap((token) => (token.kind === 'variable' ? [token.name] : []));
