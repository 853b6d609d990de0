import type { Command } from 'commander';
import * as z from 'zod/mini';
import { note } from '../../../domain/operations/device-name.ts';
import { rotationResume } from '../../../domain/operations/rotation-resume.ts';
import type { CommandContext } from '../../command-context.ts';
import { aboutLine, lineOptions } from '../../rotation/line-argument.ts';
import { perform } from '../../perform.ts';
import { readOptions } from '../../read-options.ts';
import { describeRotation } from '../../rotation/show-rotation.ts';

const options = z.object({ ...lineOptions, reason: note, dryRun: z.boolean() });

/** `muster rotation resume`: it goes on. */
export const rotationResumeCommand = (context: CommandContext): Command =>
  aboutLine('resume', 'Lets the rotation of a line go on that was halted: it begins anew, with a few.')
    .requiredOption('--reason <text>', 'why, for the record')
    .option('--dry-run', 'check, but change nothing', false)
    .action(async (name: string, raw: object) => {
      const { line, reason, dryRun, json } = readOptions(options, { ...raw, line: name });
      await perform(context, {
        contract: rotationResume,
        input: { line, note: reason },
        json,
        isDryRun: dryRun,
        describe: describeRotation('goes on'),
      });
    });
