import * as z from 'zod/mini';
import { CommandError } from '../../command-error.ts';
import { boundedLines } from '../bounded-lines.ts';
import type { ManifestRow } from '../manifest-row.ts';
import type { ManifestFormat } from './manifest-format.ts';

const record = z.record(z.string(), z.nullable(z.string()));

/** Muster's own fields, one JSON object of strings per line. */
export const jsonLines: ManifestFormat = {
  name: 'jsonl',
  description: 'one JSON object of strings per line, with the same names as the columns of csv',
  isSelfSigned: false,
  serials: ['serial'],
  recognizes: (path) => /\.(jsonl|ndjson)$/i.test(path),
  async *rows(text, { path }) {
    let row = 0;
    for await (const line of boundedLines(text, path)) {
      if (line.trim() === '') continue;
      row += 1;
      yield { row, fields: fieldsOf(path, row, line) };
    }
  },
};

const fieldsOf = (path: string, row: number, line: string): ManifestRow['fields'] => {
  try {
    const entries = Object.entries(z.parse(record, JSON.parse(line)));
    return Object.fromEntries(entries.flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
  } catch (cause) {
    throw new CommandError(`${path}, row ${row}: expected one JSON object of strings in one line; nothing was sent.`, { cause });
  }
};
