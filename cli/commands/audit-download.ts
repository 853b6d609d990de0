import { Command } from 'commander';
import * as z from 'zod/mini';
import { downloadArchive } from '../audit/download-archive.ts';
import { progressOn } from '../audit/show-progress.ts';
import type { CommandContext } from '../command-context.ts';
import { plainJson } from '../plain-json.ts';
import { readOptions } from '../read-options.ts';

const options = z.object({ out: z.string(), json: z.boolean() });

/** `muster audit download`: sealed history, to be checked where there is no AWS. */
export const auditDownloadCommand = ({ terminal, history }: CommandContext): Command =>
  new Command('download')
    .description('Copies sealed history into a folder: every version of every object, and every delete marker.')
    .requiredOption('--out <directory>', 'where to; what is there already is not fetched again')
    .option('--json', 'print the result as one JSON object', false)
    .action(async (raw: unknown) => {
      const { out, json } = readOptions(options, raw);
      const { archive } = await history();
      const now = Date.now();
      const copied = await downloadArchive(archive, { folder: out, now, onProgress: progressOn(terminal, 'versions copied') });
      terminal.out(json ? plainJson(copied) : `${copied.versions} versions in ${out}, ${copied.fetched} of them new.`);
    });
