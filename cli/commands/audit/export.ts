import { Command, Option } from 'commander';
import * as z from 'zod/mini';
import { auditEvent } from '../../../aws/dynamodb/audit-event-schema.ts';
import { pseudonymized } from '../../../domain/audit/pseudonym.ts';
import type { WrittenEvent } from '../../../domain/audit/written-event.ts';
import { type HistoryOptions, openHistory } from '../../audit/open-history.ts';
import { type SealedSearch, sealedEvents } from '../../audit/sealed-events.ts';
import { progressOn } from '../../audit/show-progress.ts';
import { type AuditFormat, auditFormatNames, auditFormats } from '../../audit/formats.ts';
import type { CommandContext } from '../../command-context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { findEvents, type Search } from '../../audit/find-events.ts';
import { type NewLines, newLines } from '../../output/new-lines.ts';
import { readPseudonymKey } from '../../audit/pseudonym-key.ts';
import { readOptions } from '../../read-options.ts';
import { searchFor, searchOptions, withSearchOptions } from '../../audit/search-options.ts';

const options = z.object({
  ...searchOptions,
  format: z.enum(auditFormatNames),
  out: z.string().check(z.minLength(1)),
  pseudonymize: z.exactOptional(z.string().check(z.minLength(1))),
  fromArchive: z.boolean(),
  folder: z.optional(z.string()),
  key: z._default(z.array(z.string()), []),
});

const HELP = `
From the log it takes what is logged since --since; from sealed history, which is older than the log, what happened since then, as it was
sealed: a period that is not as it was sealed is left out, and named. What happened in the last minutes may not be sealed yet.
Exit codes: 0 when all is there, 1 when entries of another version are missing, 2 when the command line is wrong, 4 when periods are missing.`;

/** `muster audit export`: what is on record, written down for others. */
export const auditExportCommand = (context: CommandContext): Command =>
  withSearchOptions(new Command('export').description('Writes what is on record to a file: for a spreadsheet, a SIEM, or an auditor.'))
    .addOption(new Option('--format <format>', 'how').choices(auditFormatNames).default('jsonl'))
    .requiredOption('--out <file>', 'where to; must not be there yet')
    .option('--pseudonymize <key file>', 'put other names in the place of devices, people and tenants, by the key in this file')
    .option('--from-archive', 'from sealed history, which is older than the log, in the bucket of the deployment', false)
    .option('--folder <directory>', 'the same from what "muster audit download" wrote')
    .option('--key <file...>', 'with either: public keys of which any may have signed, in PEM, in place of the one that KMS tells')
    .addHelpText('after', HELP)
    .action(async (raw: unknown) => {
      const { format, out, pseudonymize, fromArchive, folder, key: sealKeys, ...given } = readOptions(options, raw);
      const wanted = searchFor(given, Date.now());
      const key = pseudonymize === undefined ? undefined : await readPseudonymKey(pseudonymize);
      const isSealed = fromArchive || folder !== undefined;
      const open = isSealed ? fromHistory(context, { folder, key: sealKeys }) : fromLog(context);
      tell(context, out, await exportEvents(open, { wanted, format: auditFormats[format], out, key }));
    });

type Counts = Awaited<ReturnType<typeof exportEvents>>;

const tell = ({ terminal, setExitCode }: CommandContext, out: string, { written, unreadable, broken }: Counts): void => {
  terminal.out(`${out}: ${written} events.`);
  if (unreadable > 0) {
    terminal.error(`${unreadable} entries were written by another version and are missing there; use the muster that is deployed.`);
    setExitCode(exitCodes.failed);
  }
  if (broken.length === 0) return;
  terminal.error(`Periods that are not as they were sealed, and are missing there: ${broken.join(', ')}. "muster audit verify" says why.`);
  setExitCode(exitCodes.broken);
};

/** Finds events, once it is open. */
type Open = () => Promise<(search: Pick<SealedSearch, 'wanted' | 'onUnreadable' | 'onBroken'>) => AsyncIterable<unknown>>;

const fromLog =
  ({ client }: CommandContext): Open =>
  async () => {
    const operations = await client();
    return (search) => findEvents(operations, search);
  };

const fromHistory =
  (context: CommandContext, where: HistoryOptions): Open =>
  async () => {
    const history = await openHistory(context, where);
    return (search) => sealedEvents(history, { ...search, onProgress: progressOn(context.terminal, 'periods read') });
  };

interface Export {
  readonly wanted: Search['wanted'];
  readonly format: AuditFormat;
  readonly out: string;
  readonly key: Uint8Array | undefined;
}

const exportEvents = async (open: Open, { wanted, format, out, key }: Export) => {
  const counts = { written: 0, unreadable: 0 };
  const broken: number[] = [];
  const onUnreadable = (count: number): void => {
    counts.unreadable += count;
  };
  const onBroken = (sequence: number): void => {
    broken.push(sequence);
  };
  const find = await open();
  await intoFile(out, async (file) => {
    if (format.titles !== undefined) await file.add(format.titles);
    for await (const event of find({ wanted, onUnreadable, onBroken })) {
      const leaving = asItLeaves(event, key);
      if (leaving === undefined) onUnreadable(1);
      else await file.add(format.line(leaving));
      counts.written += leaving === undefined ? 0 : 1;
    }
  });
  return { ...counts, broken };
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
