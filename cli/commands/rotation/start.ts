import type { Command } from 'commander';
import * as z from 'zod/mini';
import { rotationStart } from '../../../domain/operations/rotation-start.ts';
import type { CommandContext } from '../../command-context.ts';
import { aboutLine, lineOptions } from '../../rotation/line-argument.ts';
import { perform } from '../../perform.ts';
import { readOptions } from '../../read-options.ts';
import { describeRotation } from '../../rotation/show-rotation.ts';

const options = z.object({ ...lineOptions, dryRun: z.boolean() });

/** `muster rotation start`: all credentials of a line, in waves. */
export const rotationStartCommand = (context: CommandContext): Command =>
  aboutLine('start', 'Has every credential of a line replaced that is in use now, whenever it is due: in waves, a few first.')
    .option('--dry-run', 'check, but change nothing', false)
    .action(async (name: string, raw: object) => {
      const { line, dryRun, json } = readOptions(options, { ...raw, line: name });
      await perform(context, {
        contract: rotationStart,
        input: { line },
        json,
        isDryRun: dryRun,
        describe: describeRotation('begins'),
      });
    });
