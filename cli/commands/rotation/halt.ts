import type { Command } from 'commander';
import * as z from 'zod/mini';
import { note } from '../../../domain/operations/device-name.ts';
import { rotationHalt } from '../../../domain/operations/rotation-halt.ts';
import type { CommandContext } from '../../command-context.ts';
import { aboutLine, lineOptions } from '../../rotation/line-argument.ts';
import { perform } from '../../perform.ts';
import { readOptions } from '../../read-options.ts';
import { describeRotation } from '../../rotation/show-rotation.ts';

const options = z.object({ ...lineOptions, reason: note, dryRun: z.boolean() });

/** `muster rotation halt`: nobody more is asked. */
export const rotationHaltCommand = (context: CommandContext): Command =>
  aboutLine('halt', 'Has nobody more of a line asked for another credential. Who has begun goes on to the end.')
    .requiredOption('--reason <text>', 'why, for the record')
    .option('--dry-run', 'check, but change nothing', false)
    .action(async (name: string, raw: object) => {
      const { line, reason, dryRun, json } = readOptions(options, { ...raw, line: name });
      await perform(context, {
        contract: rotationHalt,
        input: { line, note: reason },
        json,
        isDryRun: dryRun,
        describe: describeRotation('is halted'),
      });
    });
