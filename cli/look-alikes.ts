import { foldSerialNumber } from '../domain/serial-number.ts';
import type { EnrollmentMistake } from '../domain/enroller.ts';
import type { ImportRow } from './import-row.ts';

/** Which rows name serials that are too easily taken for one another. */
export interface LookAlikes {
  mistakeOf(row: ImportRow): EnrollmentMistake | undefined;
}

interface Family {
  readonly rows: number[];
  readonly serials: Set<string>;
}

/** Reads all serials once, and remembers of each only its folded form until it meets another. */
export const findLookAlikes = async (rows: AsyncIterable<ImportRow>, defaultLine: string | undefined): Promise<LookAlikes> => {
  const families = new Map<string, Family>();
  const keyOf = ({ fields }: ImportRow) => JSON.stringify([lineOf(fields, defaultLine), foldSerialNumber(fields['serial'] ?? '')]);
  for await (const row of rows) {
    const family = families.get(keyOf(row)) ?? { rows: [], serials: new Set() };
    family.rows.push(row.row);
    family.serials.add(row.fields['serial'] ?? '');
    families.set(keyOf(row), family);
  }
  return {
    mistakeOf: (row) => {
      const family = families.get(keyOf(row));
      if (family === undefined || family.rows.length < 2) return undefined;
      return family.serials.size > 1 ? lookAlike(row, family) : repeated(row, family);
    },
  };
};

// As a row is read: an empty field says nothing.
const lineOf = ({ line }: ImportRow['fields'], defaultLine: string | undefined) => (line === undefined || line === '' ? defaultLine : line);

const others = ({ row }: ImportRow, { rows }: Family): string => rows.filter((other) => other !== row).join(', ');

const lookAlike = (row: ImportRow, family: Family): EnrollmentMistake => ({
  what: 'serial',
  got: `${JSON.stringify(row.fields['serial'])}, which differs from row ${others(row, family)} only in case, width or white space`,
  allowed: 'serials of a line that nobody can take for one another',
  fix: 'find out which one the device really has, and remove the others',
});

// The first of them stands.
const repeated = (row: ImportRow, family: Family): EnrollmentMistake | undefined =>
  family.rows[0] === row.row
    ? undefined
    : {
        what: 'serial',
        got: `${JSON.stringify(row.fields['serial'])} again, as in row ${String(family.rows[0])}`,
        allowed: 'each serial of a line once',
        fix: 'remove one of the two rows',
      };
