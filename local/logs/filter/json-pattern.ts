import type { MessageTest } from './message-test.ts';
import { comparisonOf, selectorOf, statementOf } from './json-comparison.ts';
import { jsonOf } from './json-of.ts';
import type { Token } from './json-tokens.ts';
import { tokenize } from './json-tokens.ts';

type JsonTest = (message: unknown) => boolean;

/** Reads `{ a && (b || c) }`; `&&` binds tighter than `||`. */
class JsonPatternParser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parse(): JsonTest {
    this.#expect('{');
    const test = this.#either();
    this.#expect('}');
    if (this.#at < this.#tokens.length) throw new Error('something follows the closing brace');
    return test;
  }

  #either(): JsonTest {
    const tests = [this.#both()];
    while (this.#accept('||')) tests.push(this.#both());
    return (message) => tests.some((test) => test(message));
  }

  #both(): JsonTest {
    const tests = [this.#single()];
    while (this.#accept('&&')) tests.push(this.#single());
    return (message) => tests.every((test) => test(message));
  }

  #single(): JsonTest {
    if (this.#accept('(')) {
      const test = this.#either();
      this.#expect(')');
      return test;
    }
    const selector = this.#next();
    if (selector.kind !== 'selector') throw new Error(`'${selector.text}' is no selector such as $.member`);
    const select = selectorOf(selector.text);
    const operator = this.#next();
    const test =
      operator.kind === 'operator' ? comparisonOf(operator.text, this.#next()) : statementOf(`${operator.text} ${this.#next().text}`);
    return (message) => test(select(message));
  }

  #next(): Token {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new Error('it ends too early');
    this.#at += 1;
    return token;
  }

  #accept(text: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'punctuation' || token.text !== text) return false;
    this.#at += 1;
    return true;
  }

  #expect(text: string): void {
    if (!this.#accept(text)) throw new Error(`'${text}' is missing`);
  }
}

/** A test of JSON messages; what is no JSON object fails every one. */
export const jsonPattern = (pattern: string): MessageTest => {
  const test = new JsonPatternParser(tokenize(pattern)).parse();
  return (message) => {
    const json = jsonOf(message);
    return typeof json === 'object' && json !== null && test(json);
  };
};
