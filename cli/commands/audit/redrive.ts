import { Command } from 'commander';
import * as z from 'zod/mini';
import type { CommandContext } from '../../command-context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { plainJson } from '../../output/plain-json.ts';
import { readOptions } from '../../read-options.ts';

const options = z.object({ json: z.boolean() });

const HELP = `
Whatever is brought back twice is sealed once. What fails again stays where it is: mend the cause first.
docs/audit.md says what permissions it takes.`;

/** `muster audit redrive`: has what could not be stored stored again. */
export const auditRedriveCommand = ({ terminal, deadLetters, setExitCode }: CommandContext): Command =>
  new Command('redrive')
    .description('Brings back events that could not be stored to be sealed, once the cause is mended.')
    .option('--json', 'print the result as one JSON object', false)
    .addHelpText('after', HELP)
    .action(async (raw: unknown) => {
      const { json } = readOptions(options, raw);
      const result = await (await deadLetters()).redrive();
      const { redriven, failures } = result;
      if (json) terminal.out(plainJson(result));
      else {
        terminal.out(
          redriven === 0 && failures.length === 0 ? 'Nothing waits.' : `${redriven} brought back, ${failures.length} failed again.`,
        );
        for (const failure of failures) terminal.out(failure);
      }
      if (failures.length > 0) setExitCode(exitCodes.failed);
    });
