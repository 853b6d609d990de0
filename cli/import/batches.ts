import type { EnrollmentMistake } from '../../domain/enroller.ts';
import type { KeyId } from '../../domain/manufacturer.ts';
import { type ImportRow, MAX_IMPORT_ROWS, weightOf } from '../../domain/operations/devices-import.ts';
import type { RowRange } from '../manifest/done-rows.ts';

/** A row as it was read: what it says, or what is wrong with it. */
export interface ReadRow {
  readonly row: number;
  readonly serial: string;
  readonly kid: KeyId | undefined;
  readonly said: ImportRow | readonly EnrollmentMistake[];
}

/** Rows one after the other that go in one request; those that are wrong are of it, but do not go. */
export interface Batch extends RowRange {
  readonly kid: KeyId | undefined;
  readonly rows: readonly ReadRow[];
}

/** Even where every row is wrong, a batch ends somewhere. */
const MAX_ROWS = 1000;

/** Groups rows into batches, holding one at a time; a row that is missing, or signed with another key, begins the next. */
export async function* batchesOf(rows: AsyncIterable<ReadRow>): AsyncGenerator<Batch> {
  let pending: ReadRow[] = [];
  let toSend = 0;
  for await (const row of rows) {
    const [first] = pending;
    const follows = first === undefined || (row.row === first.row + pending.length && row.kid === first.kid);
    const weight = isSaid(row.said) ? weightOf(row.said) : 0;
    if (!follows || toSend + weight > MAX_IMPORT_ROWS || pending.length === MAX_ROWS) {
      yield* batchOf(pending);
      pending = [];
      toSend = 0;
    }
    pending.push(row);
    toSend += weight;
  }
  yield* batchOf(pending);
}

export const isSaid = (said: ReadRow['said']): said is ImportRow => 'serialNumber' in said;

function* batchOf(rows: readonly ReadRow[]): Generator<Batch> {
  const [first, last] = [rows[0], rows.at(-1)];
  if (first !== undefined && last !== undefined) yield { first: first.row, last: last.row, kid: first.kid, rows };
}
