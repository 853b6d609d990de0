import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parse } from 'csv-parse';
import * as z from 'zod/mini';
import { CommandError } from './command-error.ts';
import type { ImportRow } from './import-row.ts';

const MAX_RECORD_BYTES = 65_536;

const csvRecord = z.record(z.string(), z.string());
const jsonRecord = z.record(z.string(), z.nullable(z.string()));

/**
 * Reads a `.csv` (with a header) or `.jsonl` file row by row, holding one at a time.
 * @throws CommandError when it cannot be read as what its name says.
 */
export async function* readImportFile(path: string): AsyncGenerator<ImportRow> {
  try {
    if (path.endsWith('.csv')) yield* readCsv(path);
    else if (path.endsWith('.jsonl')) yield* readJsonLines(path);
    else throw new CommandError(`${path} is neither .csv nor .jsonl; give it the ending of what it is.`);
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

async function* readCsv(path: string): AsyncGenerator<ImportRow> {
  const parser = createReadStream(path).pipe(
    // Nothing is trimmed: white space around a serial is a mistake to be shown, not to be mended.
    parse({ bom: true, columns: true, skip_empty_lines: true, max_record_size: MAX_RECORD_BYTES }),
  );
  let row = 0;
  for await (const record of parser) {
    row += 1;
    yield { row, fields: z.parse(csvRecord, record) };
  }
}

async function* readJsonLines(path: string): AsyncGenerator<ImportRow> {
  let row = 0;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    row += 1;
    yield { row, fields: parseJsonRow(path, row, line) };
  }
}

const parseJsonRow = (path: string, row: number, line: string): ImportRow['fields'] => {
  try {
    const record = z.parse(jsonRecord, JSON.parse(line));
    return Object.fromEntries(Object.entries(record).flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
  } catch (cause) {
    throw new CommandError(`${path}, row ${row}: expected one JSON object of strings in one line.`, { cause });
  }
};
