export interface QueryToken {
  readonly kind: 'word' | 'field' | 'string' | 'pattern' | 'operator' | 'punctuation';
  /** Of a string, a pattern and a quoted field what is between their quotes. */
  readonly text: string;
}

const syntax: readonly (readonly [QueryToken['kind'], RegExp])[] = [
  // A field of other characters than these stands between backticks (User Guide, "Logs Insights query commands").
  ['word', /[@A-Za-z0-9_.]+/y],
  ['field', /`([^`]+)`/y],
  ['string', /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/y],
  ['pattern', /\/((?:[^/\\\n]|\\.)+)\//y],
  ['operator', /!=|<=|>=|=~|=|<|>/y],
  ['punctuation', /[|(),[\]*]/y],
];

const tokenAt = (query: string, at: number): { readonly token: QueryToken; readonly length: number } => {
  for (const [kind, expression] of syntax) {
    expression.lastIndex = at;
    const found = expression.exec(query);
    if (found === null) continue;
    const [whole, one, other] = found;
    return { token: { kind, text: one ?? other ?? whole }, length: whole.length };
  }
  throw new Error(`unexpected symbol found ${query.charAt(at)} at position ${at}`);
};

const withoutComments = (query: string): string =>
  query
    .split('\n')
    .map((line) => (line.trimStart().startsWith('#') ? '' : line))
    .join('\n');

/** Cuts a query into its tokens; lines that begin with `#` are comments. */
export const queryTokens = (query: string): readonly QueryToken[] => {
  const text = withoutComments(query);
  const tokens: QueryToken[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) {
      at += 1;
      continue;
    }
    const { token, length } = tokenAt(text, at);
    tokens.push(token);
    at += length;
  }
  return tokens;
};
