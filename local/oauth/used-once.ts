/** Remembers identifiers that may be used once, for as long as what carried them is good. */
export class UsedOnce {
  readonly #expiryMs = new Map<string, number>();

  /** Whether nobody used it before; from now on somebody did. Identifiers that are over are forgotten. */
  use(identifier: string, expiresAtMs: number, nowMs: number): boolean {
    for (const [known, untilMs] of this.#expiryMs) if (untilMs <= nowMs) this.#expiryMs.delete(known);
    if (this.#expiryMs.has(identifier)) return false;
    this.#expiryMs.set(identifier, expiresAtMs);
    return true;
  }
}
