/** Rows one after the other, both included. */
export interface RowRange {
  readonly first: number;
  readonly last: number;
}

/** Which rows are done. What overtakes is few, so the ranges stay few however many rows there are. */
export class DoneRows {
  #ranges: RowRange[] = [];

  add({ first, last }: RowRange): void {
    let joined = { first, last };
    const apart: RowRange[] = [];
    for (const range of this.#ranges) {
      if (range.last + 1 < joined.first || range.first > joined.last + 1) apart.push(range);
      else joined = { first: Math.min(range.first, joined.first), last: Math.max(range.last, joined.last) };
    }
    this.#ranges = [...apart, joined];
  }

  has(row: number): boolean {
    return this.#ranges.some(({ first, last }) => row >= first && row <= last);
  }
}
