import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { EnrollmentMistake } from '../domain/enroller.ts';
import { type DeviceFacts, isAsSaid, registerDevice } from '../domain/registration.ts';
import { forEachBounded } from './for-each-bounded.ts';
import { readImportFile } from './import-file.ts';
import { type ImportDefaults, type ImportRow, readRow, type RowContext } from './import-row.ts';
import { findLookAlikes, type LookAlikes } from './look-alikes.ts';
import { type Operator, stampOf } from './operator.ts';

const CONCURRENCY = 32;

export interface ImportWishes {
  /** `.csv` or `.jsonl`. */
  readonly file: string;
  readonly defaults: ImportDefaults;
  /** Reads and compares, but writes nothing. */
  readonly isDryRun: boolean;
  /** Told of each row when it is done with; rows overtake one another. */
  readonly onRow: (result: RowResult) => void;
}

/**
 * - `created`: the device is enrolled now (in a dry run: would be)
 * - `unchanged`: it was enrolled as this row says
 * - `conflicting`: it is enrolled otherwise, and was left as it is
 * - `refused`: the row cannot be
 */
export interface RowResult {
  readonly row: number;
  readonly serial: string;
  readonly outcome: 'created' | 'unchanged' | 'conflicting' | 'refused';
  readonly mistakes: readonly EnrollmentMistake[];
}

/** How many rows there were, and of each outcome; the outcomes add up to the rows. */
export type ImportSummary = Readonly<Record<RowResult['outcome'] | 'rows', number>>;

/** Enrolls the devices of a file. It may be run again: what is enrolled already stays as it is. */
export const importDevices = async (operator: Operator, wishes: ImportWishes): Promise<ImportSummary> => {
  const lookAlikes = await findLookAlikes(readImportFile(wishes.file), wishes.defaults.line);
  const context: RowContext = { configuration: operator.configuration, defaults: wishes.defaults, readFile: readerBeside(wishes.file) };
  const summary = { rows: 0, created: 0, unchanged: 0, conflicting: 0, refused: 0 };
  await forEachBounded(readImportFile(wishes.file), CONCURRENCY, async (row) => {
    const result = await importRow({ operator, context, lookAlikes, isDryRun: wishes.isDryRun }, row);
    summary.rows += 1;
    summary[result.outcome] += 1;
    wishes.onRow(result);
  });
  return summary;
};

const readerBeside = (file: string) => async (name: string) => readFile(resolve(dirname(file), name), 'utf8').catch(() => undefined);

interface Import {
  readonly operator: Operator;
  readonly context: RowContext;
  readonly lookAlikes: LookAlikes;
  readonly isDryRun: boolean;
}

const importRow = async (running: Import, row: ImportRow): Promise<RowResult> => {
  const result = (outcome: RowResult['outcome'], mistakes: readonly EnrollmentMistake[] = []): RowResult => ({
    row: row.row,
    serial: row.fields['serial'] ?? '',
    outcome,
    mistakes,
  });
  const lookAlike = running.lookAlikes.mistakeOf(row);
  const facts = await readRow(row, running.context);
  if (!('serialNumber' in facts)) return result('refused', lookAlike === undefined ? facts : [...facts, lookAlike]);
  if (lookAlike !== undefined) return result('refused', [lookAlike]);
  const existing = await enroll(running, facts);
  if (existing === undefined) return result('created');
  return existing === 'as said' ? result('unchanged') : result('conflicting', [existing]);
};

// `undefined`: it was not enrolled before.
const enroll = async ({ operator, isDryRun }: Import, facts: DeviceFacts): Promise<'as said' | EnrollmentMistake | undefined> => {
  const { configuration, store, audit } = operator;
  const enrollment = registerDevice(configuration.prefix, facts, stampOf(operator));
  if (!isDryRun && (await store.register(enrollment)) === 'written') {
    audit.emit(enrollment.lastEvent);
    return undefined;
  }
  const [existing] = await store.readMany([enrollment.thingName]);
  if (existing === undefined) return undefined;
  return isAsSaid(existing, facts) ? 'as said' : conflict(existing, facts);
};

const conflict = (existing: DeviceFacts, facts: DeviceFacts): EnrollmentMistake => ({
  what: 'device',
  got: describe(facts),
  allowed: `what is enrolled: ${describe(existing)}`,
  fix: 'correct the row; an import never changes a device that is enrolled',
});

const describe = ({ tenant, approach, requirement }: DeviceFacts): string => JSON.stringify({ tenant, approach, ...requirement });
