import type { MessageTest } from './message-test.ts';

interface Term {
  readonly kind: 'all' | 'any' | 'none';
  readonly text: string;
}

const termSyntax = /([?-]?)(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))(?=\s|$)\s*/y;

const unescape = (text: string): string => text.replace(/\\(.)/g, '$1');

const readTerms = (pattern: string): readonly Term[] => {
  const terms: Term[] = [];
  termSyntax.lastIndex = 0;
  while (termSyntax.lastIndex < pattern.length) {
    const at = termSyntax.lastIndex;
    const match = termSyntax.exec(pattern);
    if (match === null) throw new Error(`no term at '${pattern.slice(at)}'`);
    const [, sign, quoted, bare] = match;
    const kind = sign === '?' ? 'any' : sign === '-' ? 'none' : 'all';
    terms.push({ kind, text: quoted === undefined ? (bare ?? '') : unescape(quoted) });
  }
  return terms;
};

/** `a "b c"` has both, `?a ?b` one of them, `-a` not that one; case matters. */
export const termPattern = (pattern: string): MessageTest => {
  if (/^[[%]/.test(pattern)) throw new Error('space-delimited patterns and regular expressions are not supported');
  const terms = readTerms(pattern);
  const of = (kind: Term['kind']): readonly string[] => terms.filter((term) => term.kind === kind).map(({ text }) => text);
  const [all, any, none] = [of('all'), of('any'), of('none')];
  return (message) => {
    const has = (text: string): boolean => message.includes(text);
    return all.every(has) && !none.some(has) && (any.length === 0 || any.some(has));
  };
};
