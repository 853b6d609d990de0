import { Command } from 'commander';
import * as z from 'zod/mini';
import { lineName } from '../../../domain/identifiers.ts';
import type { KeyIssueResult } from '../../../domain/operations/keys-issue.ts';
import type { OperationsClient } from '../../../domain/operations-client.ts';
import type { SerialNumber } from '../../../domain/serial-number.ts';
import { readSealTo } from '../../claims/options.ts';
import type { CommandContext } from '../../command-context.ts';
import { CommandError } from '../../command-error.ts';
import { exitCodes } from '../../exit-codes.ts';
import { createProgress } from '../../import/progress.ts';
import { issueKeys, type KeyIssueReport } from '../../keys/issue-keys.ts';
import { readSerials, serialsInManifest } from '../../import/named-serials.ts';
import { plainJson } from '../../output/plain-json.ts';
import { readOptions } from '../../read-options.ts';
import { recipientJwkOf } from '../../keys/sealed-key.ts';
import { visible } from '../../output/visible-text.ts';

const options = z.object({
  line: lineName,
  serials: z.optional(z.string()),
  manifest: z.optional(z.string()),
  version: z.coerce.number().check(z.int('expected a whole number'), z.minimum(1), z.maximum(9999)),
  sealTo: z.string(),
  out: z.string(),
  dryRun: z.boolean(),
  json: z.boolean(),
});

const NOTES = `
The keys are made in the cloud and leave it encrypted to the key of --seal-to; they are kept nowhere, and are the same
whenever they are issued. A factory gets those of devices that were never seen; an operator gets those of others, too.
Where a run stopped, the same command goes on; keys that are in the file are not asked for again.
Exit codes: 0 when every key is there, 1 when some are refused, 130 when it was interrupted.`;

/** `muster keys issue`: gets the keys of devices for the factory that puts them there. */
export const keysIssueCommand = (context: CommandContext): Command =>
  new Command('issue')
    .description('Issues the keys of devices that are enrolled, encrypted to a key of the factory.')
    .requiredOption('--line <line>', 'the product line of the devices')
    .option('--serials <file>', 'their serial numbers, one on each line')
    .option('--manifest <file>', 'or the manifest that they were imported from')
    .option('--version <number>', 'the version of the keys, one of those that the line has', '1')
    .requiredOption('--seal-to <file>', "the factory's public key (PEM or JWK) or certificate")
    .requiredOption('--out <file>', 'where the sealed keys go')
    .option('--dry-run', 'check everything, and issue nothing', false)
    .option('--json', 'print one JSON object for each device, and a last one with the summary', false)
    .addHelpText('after', NOTES)
    .action((raw: unknown) => act(context, readOptions(options, raw)));

type Wanted = z.infer<typeof options>;

const act = async (context: CommandContext, wanted: Wanted): Promise<void> => {
  const { terminal, setExitCode } = context;
  const { line, version: keyVersion, out, dryRun: isDryRun, json } = wanted;
  const recipient = await readSealTo(wanted.sealTo);
  if (recipient === undefined) throw new CommandError('--seal-to names no file.');
  const client = await context.client();
  const serialNumbers = await namedSerials(client, wanted);
  const progress = createProgress(process.stderr, 'keys');
  const report = await issueKeys(client, {
    ...{ line, keyVersion, serialNumbers, out, isDryRun },
    recipient: recipientJwkOf(recipient),
    signal: interruption(context),
    onBegin: (done) => {
      progress.start(serialNumbers.length, done);
    },
    onResults: (results) => {
      progress.advance(results.length);
      print(context, results, json);
    },
  }).finally(() => {
    progress.stop();
  });
  terminal.out(json ? plainJson({ summary: report.counts, isComplete: report.isComplete }) : describe(report, wanted));
  if (!report.isComplete) setExitCode(exitCodes.interrupted);
  else if (report.counts.refused > 0) setExitCode(exitCodes.failed);
};

const namedSerials = (client: OperationsClient, { serials, manifest, line }: Wanted): Promise<readonly SerialNumber[]> => {
  if (serials !== undefined && manifest === undefined) return readSerials(serials);
  if (manifest !== undefined && serials === undefined) return serialsInManifest(client, manifest, line);
  throw new CommandError('Say which devices, with --serials or with --manifest.');
};

const interruption = ({ untilInterrupted }: CommandContext): AbortSignal => {
  const controller = new AbortController();
  void untilInterrupted().then(() => {
    controller.abort();
  });
  return controller.signal;
};

const print = ({ terminal }: CommandContext, results: readonly KeyIssueResult[], json: boolean): void => {
  for (const result of results) {
    if (json) terminal.out(plainJson(result));
    else if (result.outcome === 'refused')
      terminal.error(visible(`${result.serialNumber} refused: ${result.why ?? 'no reason was given'}.`));
  }
};

const describe = ({ counts, isComplete }: KeyIssueReport, { dryRun, out }: Wanted): string => {
  const { serials, issued, before, refused } = counts;
  const sum = `${serials} devices = ${issued} ${dryRun ? 'to be issued' : 'issued'} + ${before} issued before + ${refused} refused.`;
  if (!isComplete) return `${sum}\nInterrupted: nothing is lost. Run the same command again to go on from there.`;
  return dryRun ? sum : `${sum}\nOpen them in the factory: muster keys unseal ${out} --key <factory private key> --out <directory>`;
};
