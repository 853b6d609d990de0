import { Command } from 'commander';
import * as z from 'zod/mini';
import { closeClaim } from '../close-claim.ts';
import type { CommandContext } from '../command-context.ts';
import { readOptions } from '../read-options.ts';
import { recordEvents } from '../record-events.ts';

/** `muster claims close`: the kill switch of a batch. */
export const claimsCloseCommand = ({ operator: open, terminal }: CommandContext): Command =>
  new Command('close')
    .description('Closes a claim for good. Devices that it has onboarded stay what they are.')
    .argument('<claim>', 'its certificate id, or its <name>.claim.json')
    .option('--json', 'print the result as one JSON object', false)
    .action(async (named: string, raw: unknown) => {
      const { json } = readOptions(z.object({ json: z.boolean() }), raw);
      const operator = await open();
      const claim = await closeClaim(operator, named);
      await recordEvents(operator, terminal);
      terminal.out(
        json
          ? JSON.stringify({ claim })
          : `Closed claim "${claim.name}" of line "${claim.line}" after ${claim.admitted} of ${claim.quota} devices.`,
      );
    });
