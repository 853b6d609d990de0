import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import * as z from 'zod/mini';
import { CommandError } from '../../command-error.ts';
import { MAX_RECORD_LENGTH } from '../bounded-lines.ts';

const csvRecord = z.record(z.string(), z.string());

/**
 * The records of a CSV text with a header, by column name. Nothing is trimmed: white space around a serial is a mistake to
 * be shown, not to be mended.
 * @throws CommandError where it is no CSV (RFC 4180), or a record is too long; what `checkHeader` throws.
 */
export async function* csvRecords(
  text: AsyncIterable<string>,
  path: string,
  checkHeader: (header: readonly string[]) => void,
): AsyncGenerator<Readonly<Record<string, string>>> {
  const seen = { header: false };
  const parser = parse({
    columns: (header: string[]) => {
      seen.header = true;
      checkHeader(header);
      return header;
    },
    skip_empty_lines: true,
    max_record_size: MAX_RECORD_LENGTH,
  });
  const source = Readable.from(text, { objectMode: false });
  source.on('error', (error) => parser.destroy(error));
  try {
    for await (const record of source.pipe(parser)) {
      yield z.parse(csvRecord, record);
    }
    if (!seen.header) checkHeader([]);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new CommandError(`${path} is not the CSV that it seems to be: ${error.message}. Nothing was sent.`, { cause: error });
  } finally {
    source.destroy();
  }
}
