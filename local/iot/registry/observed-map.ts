/** A map that tells of every change. */
export class ObservedMap<Value> extends Map<string, Value> {
  readonly #onChange: (before: Value | undefined, after: Value | undefined) => void;

  constructor(onChange: (before: Value | undefined, after: Value | undefined) => void) {
    super();
    this.#onChange = onChange;
  }

  override set(key: string, value: Value): this {
    const before = this.get(key);
    super.set(key, value);
    this.#onChange(before, value);
    return this;
  }

  override delete(key: string): boolean {
    const before = this.get(key);
    const wasThere = super.delete(key);
    if (wasThere) this.#onChange(before, undefined);
    return wasThere;
  }
}
