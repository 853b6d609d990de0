import { Command } from 'commander';
import * as z from 'zod/mini';
import { vendorCaId } from '../../../domain/identifiers.ts';
import { manufacturerName } from '../../../domain/manufacturer.ts';
import { manufacturersDistrustCa } from '../../../domain/operations/manufacturers-distrust-ca.ts';
import type { CommandContext } from '../../command-context.ts';
import { perform } from '../../perform.ts';
import { readOptions } from '../../read-options.ts';

const options = z.object({ name: manufacturerName, id: vendorCaId, dryRun: z.boolean(), json: z.boolean() });

/** `muster manufacturers distrust-ca`: a vendor's CA lets nobody in any more. */
export const manufacturersDistrustCaCommand = (context: CommandContext): Command =>
  new Command('distrust-ca')
    .description('Lets no more devices in by a vendor’s CA. Those that came in stay what they are.')
    .argument('<name>', 'of the manufacturer')
    .argument('<ca>', 'as `muster manufacturers list` shows it')
    .option('--dry-run', 'check, but change nothing', false)
    .option('--json', 'print the CA as one JSON object', false)
    .action(async (name: string, id: string, raw: object) => {
      const { dryRun, json, ...input } = readOptions(options, { ...raw, name, id });
      const describe = () => `The CA ${id} of "${name}" lets nobody in any more. Devices that came in by it stay: muster devices list`;
      await perform(context, { contract: manufacturersDistrustCa, input, json, isDryRun: dryRun, describe });
    });
