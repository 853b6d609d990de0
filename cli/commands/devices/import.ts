import { Command } from 'commander';
import * as z from 'zod/mini';
import type { CommandContext } from '../../command-context.ts';
import { exitCodes } from '../../exit-codes.ts';
import type { ImportReport } from '../../import/import-devices.ts';
import { importManifest } from '../../import/import-manifest.ts';
import { createProgress } from '../../import/progress.ts';
import type { RowResult } from '../../import/result.ts';
import { formats } from '../../manifest/formats/formats.ts';
import type { Manifest } from '../../manifest/open-manifest.ts';
import { plainJson } from '../../output/plain-json.ts';
import { readOptions } from '../../read-options.ts';
import { visible } from '../../output/visible-text.ts';
import { keepHeapSmall } from '../../small-heap.ts';
import type { Terminal } from '../../output/terminal.ts';

const text = z.optional(z.string());

const options = z.object({
  ...{ line: text, tenant: text, format: text, signature: text, serialFrom: text, results: text },
  ...{ unsigned: z.boolean(), dryRun: z.boolean(), json: z.boolean() },
});

const HELP = `
Formats, which name and content show:
${formats.map(({ name, description }) => `  ${name.padEnd(10)} ${description}`).join('\n')}

The signature is a detached JWS or CMS beside the manifest (<file>.jws, <file>.p7s), made with a key that is registered
(muster manufacturers add). Where an import stopped, by Ctrl-C or a crash, the same command goes on.
Exit codes: 0 when every row is enrolled, 1 when some are conflicting or refused, 130 when it was interrupted.`;

/** `muster devices import`: tells the cloud which devices there will be. */
export const devicesImportCommand = (context: CommandContext): Command =>
  new Command('import')
    .description('Enrolls the devices of a signed manifest. Running it again changes nothing; devices that are enrolled are never changed.')
    .argument('<file>', 'the manifest')
    .option('--line <line>', 'the line of rows that name none')
    .option('--tenant <tenant>', "the tenant of rows that name none; else the line's allocation rules choose")
    .option('--format <format>', 'instead of what name and content show')
    .option('--signature <file>', 'instead of the one beside the manifest')
    .option('--serial-from <name>', "which of a vendor's names for a device is its serial")
    .option('--unsigned', 'import without a signature: you stand for the manifest, and the record says so', false)
    .option('--results <file.csv>', 'write what became of each row there')
    .option('--dry-run', 'check and compare, but write nothing', false)
    .option('--json', 'print one JSON object for each row, and a last one with the summary', false)
    .addHelpText('after', HELP)
    .action((file: string, raw: unknown) => {
      keepHeapSmall();
      return act(context, file, readOptions(options, raw));
    });

const act = async (context: CommandContext, path: string, wanted: z.infer<typeof options>): Promise<void> => {
  const { terminal, setExitCode } = context;
  const { line, tenant, unsigned: isUnsigned, dryRun: isDryRun, json, ...named } = wanted;
  const defaults = { ...(line === undefined ? {} : { line }), ...(tenant === undefined ? {} : { tenant }) };
  const [configuration, client] = await Promise.all([context.configuration(), context.client()]);
  const progress = createProgress(process.stderr);
  const print = json ? jsonPrinter(terminal) : mistakePrinter(terminal);
  const onManifest = (manifest: Manifest, doneRows: number): void => {
    for (const sentence of beginning(manifest, doneRows)) terminal.error(sentence);
    progress.start(manifest.rows, doneRows);
  };
  const onResults = (results: readonly RowResult[]): void => {
    progress.advance(results.length);
    print(results);
  };
  const signal = interruption(context);
  const report = await importManifest(
    { client, configuration },
    { path, defaults, isDryRun, isUnsigned, ...named, onManifest, onResults, signal },
  ).finally(() => {
    progress.stop();
  });
  terminal.out(json ? plainJson({ summary: report.counts, isComplete: report.isComplete }) : describe(report, isDryRun));
  if (!report.isComplete) setExitCode(exitCodes.interrupted);
  else if (report.counts.conflicting + report.counts.refused > 0) setExitCode(exitCodes.failed);
};

const interruption = ({ untilInterrupted }: CommandContext): AbortSignal => {
  const controller = new AbortController();
  void untilInterrupted().then(() => {
    controller.abort();
  });
  return controller.signal;
};

const beginning = ({ hasByteOrderMark, manufacturers, rows, format }: Manifest, resumedRows: number): readonly string[] => [
  `${rows} rows (${format.name}), ${manufacturers.length === 0 ? 'signed by nobody: you stand for them' : `signed by ${manufacturers.join(', ')}`}.`,
  ...(hasByteOrderMark ? ['The file begins with a byte order mark, which is left out.'] : []),
  ...(resumedRows > 0 ? [`Going on after ${resumedRows} rows that an earlier run has done.`] : []),
];

const jsonPrinter =
  ({ out }: Terminal) =>
  (results: readonly RowResult[]): void => {
    for (const result of results) out(plainJson(result));
  };

const mistakePrinter =
  (terminal: Terminal) =>
  (results: readonly RowResult[]): void => {
    for (const { row, serial, outcome, mistakes } of results)
      for (const { what, got, allowed, fix } of mistakes)
        terminal.error(visible(`row ${row} (${serial}) ${outcome}: ${what}: got ${got}; allowed is ${allowed}; fix: ${fix}.`));
  };

const describe = ({ counts, isComplete }: ImportReport, isDryRun: boolean): string => {
  const { rows, created, unchanged, conflicting, refused } = counts;
  const sum = `${rows} rows = ${created} ${isDryRun ? 'to be created' : 'created'} + ${unchanged} unchanged + ${conflicting} conflicting + ${refused} refused.`;
  return isComplete ? sum : `${sum}\nInterrupted: nothing is lost. Run the same command again to go on from there.`;
};
