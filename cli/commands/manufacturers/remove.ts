import { Command } from 'commander';
import * as z from 'zod/mini';
import { keyId, manufacturerName } from '../../../domain/manufacturer.ts';
import { manufacturersRemove } from '../../../domain/operations/manufacturers-remove.ts';
import type { CommandContext } from '../../command-context.ts';
import { perform } from '../../perform.ts';
import { readOptions } from '../../read-options.ts';

const options = z.object({ name: manufacturerName, key: keyId, dryRun: z.boolean(), json: z.boolean() });

/** `muster manufacturers remove`: a key signs nothing any more. */
export const manufacturersRemoveCommand = (context: CommandContext): Command =>
  new Command('remove')
    .description('Trusts a manufacturer’s key no longer. Devices of its manifests stay what they are.')
    .argument('<name>', 'of the manufacturer')
    // No argument: one id in sixty-four begins with a dash, and would be taken for an option.
    .requiredOption('--key <id>', 'as `muster manufacturers list` shows it')
    .option('--dry-run', 'check, but change nothing', false)
    .option('--json', 'print the key as one JSON object', false)
    .action(async (wanted: string, raw: object) => {
      const { name, key, dryRun, json } = readOptions(options, { ...raw, name: wanted });
      const describe = () => `Removed the key ${key} of "${name}". To see what came in by it: muster devices list, or the audit log.`;
      await perform(context, { contract: manufacturersRemove, input: { name, kid: key }, json, isDryRun: dryRun, describe });
    });
