import type { QueryToken } from './query-tokens.ts';

/** Goes through the tokens of one command. */
export class TokenReader {
  readonly #tokens: readonly QueryToken[];
  #at = 0;

  constructor(tokens: readonly QueryToken[]) {
    this.#tokens = tokens;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  next(): QueryToken {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new Error('unexpected end of input');
    this.#at += 1;
    return token;
  }

  /** Takes the next token if it is this word, whatever its case, or this sign. */
  accept(text: string): boolean {
    const token = this.#tokens[this.#at];
    if (token === undefined || token.kind === 'string' || token.kind === 'field') return false;
    if (token.text.toLowerCase() !== text) return false;
    this.#at += 1;
    return true;
  }

  expect(text: string): void {
    if (!this.accept(text)) throw new Error(`'${text}' is missing before '${this.#tokens[this.#at]?.text ?? 'the end'}'`);
  }

  /** The name of a field. */
  field(): string {
    const { kind, text } = this.next();
    if (kind !== 'field' && (kind !== 'word' || !/^[@A-Za-z]/.test(text))) throw new Error(`'${text}' is no name of a field`);
    return text;
  }

  /** What is separated by commas, at least one. */
  list<Item>(read: () => Item): readonly Item[] {
    const items = [read()];
    while (this.accept(',')) items.push(read());
    return items;
  }

  end(): void {
    if (!this.isAtEnd) throw new Error(`'${this.#tokens[this.#at]?.text ?? ''}' is not expected here`);
  }
}
