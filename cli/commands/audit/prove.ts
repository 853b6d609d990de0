import { Command } from 'commander';
import * as z from 'zod/mini';
import { proveEvent } from '../../../domain/audit/verification/prove-event.ts';
import { openHistory } from '../../audit/open-history.ts';
import { progressOn } from '../../audit/show-progress.ts';
import { unpack } from '../../audit/unpack.ts';
import { CommandError } from '../../command-error.ts';
import type { CommandContext } from '../../command-context.ts';
import { plainJson } from '../../output/plain-json.ts';
import { readOptions } from '../../read-options.ts';

const options = z.object({ id: z.string(), folder: z.optional(z.string()), key: z._default(z.array(z.string()), []) });

/** `muster audit prove`: that one event is in sealed history, for somebody who sees nothing else of it. */
export const auditProveCommand = (context: CommandContext): Command =>
  new Command('prove')
    .description('Prints a proof that an event is in sealed history, which anybody can check; docs/audit-proof.md says how.')
    .argument('<event>', 'the id of the event')
    .option('--folder <directory>', 'what "muster audit download" wrote, in place of the bucket of the deployment')
    .option('--key <file...>', 'public keys of which any may have signed, in PEM, in place of the one that KMS tells')
    .action(async (wanted: string, raw: object) => {
      const { id, ...where } = readOptions(options, { ...raw, id: wanted });
      const { archive, keys } = await openHistory(context, where);
      const { proof, searched, unreadable } = await proveEvent(
        { archive, keys, unpack },
        id,
        progressOn(context.terminal, 'periods searched'),
      );
      if (proof !== undefined) {
        context.terminal.out(plainJson(proof));
        return;
      }
      const left =
        unreadable.length === 0
          ? ''
          : ` Not searched, since they are not as they were sealed: ${unreadable.length}; "muster audit verify" says which.`;
      throw new CommandError(
        `No event of that id is in the ${searched} sealed periods.${left} What happened in the last minutes may not be sealed yet.`,
      );
    });
