import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { CommandError } from '../command-error.ts';
import { csvField } from '../output/csv-field.ts';
import type { RowResult } from '../import/result.ts';

const HEADER = 'row,serial,outcome,what,got,allowed,fix\n';

/** What became of each row, for a spreadsheet. */
export interface ResultsFile {
  /** Writes results together and says how long the file is then, in bytes; one call at a time. */
  append(results: readonly RowResult[]): Promise<number>;
  close(): Promise<void>;
}

const { O_CREAT, O_NOFOLLOW, O_RDWR } = constants;

/**
 * Opens a file for results. An import that goes on keeps what it had written by its last entry in the journal, and cuts off
 * what came after: those rows are done again.
 * @throws CommandError where it cannot be written.
 */
export const openResultsFile = async (path: string, keptLength: number | undefined): Promise<ResultsFile> => {
  const file = await open(path, O_RDWR | O_CREAT | O_NOFOLLOW, 0o600).catch((cause: unknown) => {
    throw new CommandError(`The file of results ${path} cannot be written (${String(cause)}).`, { cause });
  });
  const { size } = await file.stat();
  const goesOn = keptLength !== undefined && keptLength <= size;
  let length = goesOn ? keptLength : 0;
  await file.truncate(length);
  const write = async (text: string): Promise<number> => {
    const { bytesWritten } = await file.write(text, length);
    length += bytesWritten;
    return length;
  };
  if (!goesOn) await write(HEADER);
  return {
    append: (results) => write(results.map(lineOf).join('')),
    close: async () => {
      await file.sync();
      await file.close();
    },
  };
};

const lineOf = ({ row, serial, outcome, mistakes }: RowResult): string => {
  const of = (part: 'what' | 'got' | 'allowed' | 'fix') => mistakes.map((mistake) => mistake[part]).join('\n');
  return `${[String(row), serial, outcome, of('what'), of('got'), of('allowed'), of('fix')].map(csvField).join(',')}\n`;
};
