export interface Token {
  readonly kind: 'selector' | 'operator' | 'string' | 'number' | 'word' | 'punctuation';
  readonly text: string;
}

const syntax: readonly (readonly [Token['kind'], RegExp])[] = [
  ['selector', /\$(?:\.[\w-]+|\[\d+\]|\["[^"]+"\]|\['[^']+'\])+/y],
  ['operator', /!=|<=|>=|=|<|>/y],
  ['punctuation', /&&|\|\||[(){}]/y],
  ['string', /"(?:[^"\\]|\\.)*"/y],
  ['number', /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?=[\s)}&|]|$)/y],
  ['word', /[^\s"(){}=<>!&|]+/y],
];

const tokenAt = (pattern: string, at: number): Token => {
  for (const [kind, expression] of syntax) {
    expression.lastIndex = at;
    const [text] = expression.exec(pattern) ?? [];
    if (text !== undefined) return { kind, text };
  }
  throw new Error(`'${pattern.slice(at)}' is not understood`);
};

/** Cuts a `{ … }` pattern into its tokens. */
export const tokenize = (pattern: string): readonly Token[] => {
  const tokens: Token[] = [];
  let at = 0;
  while (at < pattern.length) {
    if (/\s/.test(pattern.charAt(at))) {
      at += 1;
      continue;
    }
    const token = tokenAt(pattern, at);
    tokens.push(token);
    at += token.text.length;
  }
  return tokens;
};
