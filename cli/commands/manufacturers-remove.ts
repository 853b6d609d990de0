import { Command } from 'commander';
import * as z from 'zod/mini';
import { keyId, manufacturerName } from '../../domain/manufacturer.ts';
import { manufacturersRemove } from '../../domain/operations/manufacturers-remove.ts';
import type { CommandContext } from '../command-context.ts';
import { perform } from '../perform.ts';
import { readOptions } from '../read-options.ts';

const options = z.object({ name: manufacturerName, kid: keyId, dryRun: z.boolean(), json: z.boolean() });

/** `muster manufacturers remove`: a key signs nothing any more. */
export const manufacturersRemoveCommand = (context: CommandContext): Command =>
  new Command('remove')
    .description('Trusts a manufacturer’s key no longer. Devices of its manifests stay what they are.')
    .argument('<name>', 'of the manufacturer')
    .argument('<key>', 'as `muster manufacturers list` shows it')
    .option('--dry-run', 'check, but change nothing', false)
    .option('--json', 'print the key as one JSON object', false)
    .action(async (name: string, kid: string, raw: object) => {
      const { dryRun, json, ...input } = readOptions(options, { ...raw, name, kid });
      const describe = () => `Removed the key ${kid} of "${name}". To see what came in by it: muster devices list, or the audit log.`;
      await perform(context, { contract: manufacturersRemove, input, json, isDryRun: dryRun, describe });
    });
