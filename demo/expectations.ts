/** Something that the story says will happen, and whether it did. */
export interface Expectation {
  readonly text: string;
  readonly isMet: boolean;
  readonly found: string;
}

/** Collects what the story expects; the demo succeeds only when every one is met. */
export class Expectations {
  readonly #all: Expectation[] = [];

  expect(text: string, isMet: boolean, found: string): void {
    this.#all.push({ text, isMet, found });
  }

  get all(): readonly Expectation[] {
    return this.#all;
  }

  get unmet(): readonly Expectation[] {
    return this.#all.filter(({ isMet }) => !isMet);
  }
}
