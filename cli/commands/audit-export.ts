import { Command, Option } from 'commander';
import * as z from 'zod/mini';
import { auditEvent } from '../../aws/audit-event-schema.ts';
import { pseudonymized } from '../../domain/audit/pseudonym.ts';
import type { WrittenEvent } from '../../domain/audit/written-event.ts';
import { type AuditFormat, auditFormatNames, auditFormats } from '../audit-formats.ts';
import type { CommandContext } from '../command-context.ts';
import { findEvents, type Search } from '../find-events.ts';
import { type NewLines, newLines } from '../new-lines.ts';
import { readPseudonymKey } from '../pseudonym-key.ts';
import { readOptions } from '../read-options.ts';
import { searchFor, searchOptions, withSearchOptions } from '../search-options.ts';

const options = z.object({
  ...searchOptions,
  format: z.enum(auditFormatNames),
  out: z.string().check(z.minLength(1)),
  pseudonymize: z.exactOptional(z.string().check(z.minLength(1))),
});

/** `muster audit export`: what is on record, written down for others. */
export const auditExportCommand = (context: CommandContext): Command =>
  withSearchOptions(new Command('export').description('Writes what is on record to a file: for a spreadsheet, a SIEM, or an auditor.'))
    .addOption(new Option('--format <format>', 'how').choices(auditFormatNames).default('jsonl'))
    .requiredOption('--out <file>', 'where to; must not be there yet')
    .option('--pseudonymize <key file>', 'put other names in the place of devices, people and tenants, by the key in this file')
    .action(async (raw: unknown) => {
      const { format, out, pseudonymize, ...given } = readOptions(options, raw);
      const wanted = searchFor(given, Date.now());
      const key = pseudonymize === undefined ? undefined : await readPseudonymKey(pseudonymize);
      const { written, unreadable } = await exportEvents(context, { wanted, format: auditFormats[format], out, key });
      const { terminal, setExitCode } = context;
      terminal.out(`${out}: ${written} events.`);
      if (unreadable === 0) return;
      terminal.error(`${unreadable} entries were written by another version and are missing there; use the muster that is deployed.`);
      setExitCode(1);
    });

interface Export {
  readonly wanted: Search['wanted'];
  readonly format: AuditFormat;
  readonly out: string;
  readonly key: Uint8Array | undefined;
}

const exportEvents = async ({ client }: CommandContext, { wanted, format, out, key }: Export) => {
  const counts = { written: 0, unreadable: 0 };
  const onUnreadable = (count: number): void => {
    counts.unreadable += count;
  };
  const operations = await client();
  await intoFile(out, async (file) => {
    if (format.titles !== undefined) await file.add(format.titles);
    for await (const event of findEvents(operations, { wanted, onUnreadable })) {
      const leaving = asItLeaves(event, key);
      if (leaving === undefined) onUnreadable(1);
      else await file.add(format.line(leaving));
      counts.written += leaving === undefined ? 0 : 1;
    }
  });
  return counts;
};

const intoFile = async (out: string, write: (file: NewLines) => Promise<void>): Promise<void> => {
  const file = await newLines(out);
  try {
    await write(file);
  } catch (error) {
    // A part of what was asked for could be taken for all of it.
    await file.discard();
    throw error;
  }
  await file.close();
};

const asItLeaves = (event: unknown, key: Uint8Array | undefined): WrittenEvent | undefined => {
  const read = z.safeParse(auditEvent, event).data;
  return read === undefined || key === undefined ? read : pseudonymized(key, read);
};
