import { Command } from 'commander';
import * as z from 'zod/mini';
import type { OutputOf } from '../../../domain/operation.ts';
import { claimsClose } from '../../../domain/operations/claims-close.ts';
import { readNamedClaim } from '../../claims/claim-named.ts';
import type { CommandContext } from '../../command-context.ts';
import { demandConfirmation } from '../../confirmation.ts';
import { perform } from '../../perform.ts';
import { readOptions } from '../../read-options.ts';
import { useOf } from '../../claims/show-claim.ts';

const options = z.object({ yes: z.boolean(), dryRun: z.boolean(), json: z.boolean() });

/** `muster claims close`: the kill switch of a batch. */
export const claimsCloseCommand = (context: CommandContext): Command =>
  new Command('close')
    .description('Closes a claim for good, and ends its connections. Devices that it has onboarded stay what they are. Safe to repeat.')
    .argument('<claim>', 'its name or its <name>.claim.json; or the id of one of its certificates, to close that alone')
    .option('--yes', 'do not ask', false)
    .option('--dry-run', 'check, but close nothing', false)
    .option('--json', 'print the result as one JSON object', false)
    .action(async (named: string, raw: unknown) => {
      const { yes, dryRun, json } = readOptions(options, raw);
      const claim = await readNamedClaim(named);
      await demandConfirmation(context, `Close ${named} for good? No more devices will come in by it.`, yes || dryRun);
      await perform(context, {
        contract: claimsClose,
        input: { claim: 'certificateId' in claim ? claim : { name: claim.name } },
        json,
        isDryRun: dryRun,
        describe,
      });
    });

const describe = ({ name, line, closed, connections: { ended, gone, left }, ...use }: OutputOf<typeof claimsClose>): string =>
  [
    `Closed claim "${name}" of line "${line}" after ${useOf(use)} devices: ${closed.length} ${closed.length === 1 ? 'certificate' : 'certificates'}.`,
    `Of the connections of the last hour, ${ended} were ended and ${gone} were over already.`,
    ...(left === 0 ? [] : [`${left} could not be tried in time: run the same command again.`]),
  ].join('\n');
