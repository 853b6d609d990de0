import { Command } from 'commander';
import * as z from 'zod/mini';
import { claimsShow } from '../../../domain/operations/claims-show.ts';
import { readNamedClaim } from '../../claims/claim-named.ts';
import type { CommandContext } from '../../command-context.ts';
import { CommandError } from '../../command-error.ts';
import { factTable } from '../../output/fact-table.ts';
import { perform } from '../../perform.ts';
import { readOptions } from '../../read-options.ts';
import { claimFacts } from '../../claims/show-claim.ts';

const options = z.object({ json: z.boolean() });

/** `muster claims show`: one claim with its use. */
export const claimsShowCommand = (context: CommandContext): Command =>
  new Command('show')
    .description('Shows a claim: what it may admit, what it has, and what was refused under it.')
    .argument('<claim>', 'its name or its <name>.claim.json')
    .option('--json', 'print the result as one JSON object', false)
    .action(async (named: string, raw: unknown) => {
      const { json } = readOptions(options, raw);
      const claim = await readNamedClaim(named);
      if (!('name' in claim)) throw new CommandError('A claim is shown by its name, or by its <name>.claim.json.');
      await perform(context, {
        contract: claimsShow,
        input: { name: claim.name },
        json,
        describe: ({ claim: view }) => factTable(claimFacts(view)),
      });
    });
