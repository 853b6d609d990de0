/** Told of a link that came or went. */
export type LinkListener = (left: string, right: string, isLinked: boolean) => void;

/** A many-to-many relation between two kinds of names, each link with a value; both sides keep the order of linking. */
export class LinkTable<Value> {
  readonly #byLeft = new Map<string, Map<string, Value>>();
  readonly #byRight = new Map<string, Set<string>>();
  readonly #onChange: LinkListener | undefined;

  constructor(onChange?: LinkListener) {
    this.#onChange = onChange;
  }

  link(left: string, right: string, value: Value): void {
    const rights = this.#byLeft.get(left) ?? new Map<string, Value>();
    const isNew = !rights.has(right);
    this.#byLeft.set(left, rights.set(right, value));
    const lefts = this.#byRight.get(right) ?? new Set<string>();
    this.#byRight.set(right, lefts.add(left));
    if (isNew) this.#onChange?.(left, right, true);
  }

  /** True when there was such a link. */
  unlink(left: string, right: string): boolean {
    const rights = this.#byLeft.get(left);
    if (rights?.delete(right) !== true) return false;
    if (rights.size === 0) this.#byLeft.delete(left);
    const lefts = this.#byRight.get(right);
    lefts?.delete(left);
    if (lefts?.size === 0) this.#byRight.delete(right);
    this.#onChange?.(left, right, false);
    return true;
  }

  unlinkLeft(left: string): void {
    for (const right of this.rightsOf(left)) this.unlink(left, right);
  }

  unlinkRight(right: string): void {
    for (const left of this.leftsOf(right)) this.unlink(left, right);
  }

  value(left: string, right: string): Value | undefined {
    return this.#byLeft.get(left)?.get(right);
  }

  has(left: string, right: string): boolean {
    return this.#byLeft.get(left)?.has(right) ?? false;
  }

  rightsOf(left: string): readonly string[] {
    return [...(this.#byLeft.get(left)?.keys() ?? [])];
  }

  leftsOf(right: string): readonly string[] {
    return [...(this.#byRight.get(right) ?? [])];
  }
}
