import type { SqlDialect } from './sql-dialect.ts';
import { sqlParseError, tokenize } from './sql-tokens.ts';
import type { SqlToken } from './sql-tokens.ts';

/** Walks over the tokens of a text. Words are compared without regard to case, as SQL's keywords are. */
export class TokenReader {
  readonly dialect: SqlDialect;
  readonly #tokens: readonly SqlToken[];
  readonly #end: number;
  #next = 0;

  /** @throws AwsError `SqlParseException` for what is no token. */
  constructor(text: string, dialect: SqlDialect) {
    this.#tokens = tokenize(text, dialect.behaviour['rules.quotation-mark-is-doubled']);
    this.#end = text.length;
    this.dialect = dialect;
  }

  /** Where the next token begins. */
  get at(): number {
    return this.peek()?.at ?? this.#end;
  }

  peek(ahead = 0): SqlToken | undefined {
    return this.#tokens[this.#next + ahead];
  }

  take(): SqlToken | undefined {
    const token = this.peek();
    this.#next += 1;
    return token;
  }

  isNext(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    if (token?.kind === 'symbol') return token.text === text;
    return token?.kind === 'word' && token.text.toUpperCase() === text;
  }

  /** Takes the keyword or symbol if it comes next. */
  skip(text: string): boolean {
    const isNext = this.isNext(text);
    if (isNext) this.#next += 1;
    return isNext;
  }

  expect(text: string): void {
    if (!this.skip(text)) throw sqlParseError(`expected ${text}`, this.at);
  }

  expectEnd(): void {
    if (this.peek() !== undefined) throw sqlParseError('expected the end', this.at);
  }

  /** Takes a name of a field. */
  takeName(): string {
    const token = this.peek();
    const hasDigits = token?.kind === 'word' && /\d/.test(token.text) && !this.dialect.behaviour['rules.digits-in-names'];
    if (token?.kind !== 'word' || hasDigits) throw sqlParseError('expected a name', this.at);
    this.take();
    return token.text;
  }
}
