import { Command } from 'commander';
import * as z from 'zod/mini';
import type { CommandContext } from '../command-context.ts';
import { type ImportSummary, importDevices, type RowResult } from '../import-devices.ts';
import type { Terminal } from '../terminal.ts';
import { readOptions } from '../read-options.ts';
import { recordEvents } from '../record-events.ts';

const PROGRESS_ROWS = 100;

const options = z.object({ line: z.optional(z.string()), tenant: z.optional(z.string()), dryRun: z.boolean(), json: z.boolean() });

/** `muster devices import`: tells the cloud which devices there will be. */
export const devicesImportCommand = ({ operator: open, terminal, setExitCode }: CommandContext): Command =>
  new Command('import')
    .description('Enrolls the devices of a file. Running it again changes nothing; devices that are enrolled are never changed.')
    .argument('<file>', '.csv with a header, or .jsonl; columns: serial, line, tenant, approach, pinned_key')
    .option('--line <line>', 'the line of rows that name none')
    .option('--tenant <tenant>', 'the tenant of rows that name none')
    .option('--dry-run', 'check and compare, but write nothing', false)
    .option('--json', 'print one JSON object for each row, and a last one with the summary', false)
    .addHelpText('after', '\nExit codes: 0 when every row is enrolled, 1 when some are conflicting or refused.')
    .action(async (file: string, raw: unknown) => {
      const { line, tenant, dryRun, json } = readOptions(options, raw);
      const operator = await open();
      const defaults = { ...(line === undefined ? {} : { line }), ...(tenant === undefined ? {} : { tenant }) };
      const onRow = json ? rowPrinter(terminal) : rowReporter(terminal);
      const summary = await importDevices(operator, { file, defaults, isDryRun: dryRun, onRow });
      await recordEvents(operator, terminal);
      terminal.progress('');
      terminal.out(json ? JSON.stringify({ summary }) : describe(summary, dryRun));
      if (summary.conflicting + summary.refused > 0) setExitCode(1);
    });

const rowPrinter =
  ({ out }: Terminal) =>
  (result: RowResult): void => {
    out(JSON.stringify(result));
  };

const rowReporter = (terminal: Terminal) => {
  let rows = 0;
  return ({ row, serial, outcome, mistakes }: RowResult): void => {
    rows += 1;
    if (rows % PROGRESS_ROWS === 0) terminal.progress(`${rows} rows`);
    for (const { what, got, allowed, fix } of mistakes) {
      terminal.error(`row ${row} (${serial}) ${outcome}: ${what}: got ${got}; allowed is ${allowed}; fix: ${fix}.`);
    }
  };
};

const describe = ({ rows, created, unchanged, conflicting, refused }: ImportSummary, isDryRun: boolean): string =>
  `${rows} rows = ${created} ${isDryRun ? 'to be created' : 'created'} + ${unchanged} unchanged + ${conflicting} conflicting + ${refused} refused.`;
