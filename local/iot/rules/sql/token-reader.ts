import { sqlParseError } from './sql-tokens.ts';
import type { SqlToken } from './sql-tokens.ts';

/** Walks over tokens. Words are compared without regard to case, as SQL's keywords are. */
export class TokenReader {
  readonly #tokens: readonly SqlToken[];
  readonly #end: number;
  #next = 0;

  constructor(tokens: readonly SqlToken[], end: number) {
    this.#tokens = tokens;
    this.#end = end;
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
}
