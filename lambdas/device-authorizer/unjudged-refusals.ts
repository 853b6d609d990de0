import { type Happenings, hasRoom } from './sliding-bound.ts';

/** Of refusals that needed no judgement, so many in any minute are treated as all others are. */
export const MAX_UNJUDGED = 60;

/**
 * Bounds what it costs to refuse without judging. Beyond it such a refusal is neither put on record nor held back: a line of
 * log each, and a third of a second of a function each, is what a flood would make of them. Their timing then tells that they
 * were not judged, and nothing of why another was refused.
 */
export class UnjudgedRefusals {
  readonly #treated: Happenings = [];
  #leftOut = 0;

  /** How many were left out since the last that was not; `undefined` where this one is to be left out too. */
  take(at: number): number | undefined {
    if (!hasRoom(this.#treated, { at, bound: MAX_UNJUDGED })) {
      this.#leftOut += 1;
      return undefined;
    }
    this.#treated.push(at);
    const leftOut = this.#leftOut;
    this.#leftOut = 0;
    return leftOut;
  }
}
