import { Command } from 'commander';
import * as z from 'zod/mini';
import { downloadArchive } from '../../audit/download-archive.ts';
import { progressOn } from '../../audit/show-progress.ts';
import type { CommandContext } from '../../command-context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { plainJson } from '../../output/plain-json.ts';
import { readOptions } from '../../read-options.ts';

const options = z.object({ out: z.string(), json: z.boolean() });

const HELP = `
Into a folder that has a copy already it brings what has come since, and says whether the newest seal of that copy is still there.
Exit codes: 0 when all is copied, 1 when it could not be read, 2 when the command line is wrong, 4 when the end of history was cut off.`;

/** `muster audit download`: sealed history, to be checked where there is no AWS. */
export const auditDownloadCommand = ({ terminal, history, setExitCode }: CommandContext): Command =>
  new Command('download')
    .description('Copies sealed history into a folder: every version of every object, and every delete marker.')
    .requiredOption('--out <directory>', 'where to; what is there already is not fetched again')
    .option('--json', 'print the result as one JSON object', false)
    .addHelpText('after', HELP)
    .action(async (raw: unknown) => {
      const { out, json } = readOptions(options, raw);
      const { archive } = await history();
      const now = Date.now();
      const copied = await downloadArchive(archive, { folder: out, now, onProgress: progressOn(terminal, 'versions copied') });
      if (copied.lost !== undefined) {
        terminal.error(
          `The archive has ${copied.lost} no more, which ${out} has: its end was cut off. ${out} lists what it listed before.`,
        );
        setExitCode(exitCodes.broken);
      }
      terminal.out(json ? plainJson(copied) : `${copied.versions} versions in ${out}, ${copied.fetched} of them new.`);
    });
