import { Command } from 'commander';
import * as z from 'zod/mini';
import { note } from '../../../domain/operations/device-name.ts';
import { devicesDecommission } from '../../../domain/operations/devices-decommission.ts';
import { describeChange } from '../../devices/change-device.ts';
import type { CommandContext } from '../../command-context.ts';
import { demandConfirmation } from '../../confirmation.ts';
import { aboutDevice, deviceNameOf, deviceOptions } from '../../devices/options.ts';
import { perform } from '../../perform.ts';
import { readOptions } from '../../read-options.ts';

const options = z.object({ ...deviceOptions, reason: note, dryRun: z.boolean(), yes: z.boolean() });

const DESCRIPTION = 'Takes a device out of service: nothing of it stays at AWS IoT, its record does. Takes two people; cannot be undone.';

/** `muster devices decommission`: takes a device out of service, for good. */
export const devicesDecommissionCommand = (context: CommandContext): Command =>
  aboutDevice(new Command('decommission').description(DESCRIPTION))
    .requiredOption('--reason <text>', 'why, for the record; both people say the same')
    .option('--dry-run', 'check, but change nothing', false)
    .option('--yes', 'do not ask', false)
    .action(async (serial: string, raw: object) => {
      const { reason, dryRun, yes, json, ...named } = readOptions(options, { ...raw, serial });
      await demandConfirmation(context, `Take device "${named.serial}" out of service for good?`, yes || dryRun);
      await perform(context, {
        contract: devicesDecommission,
        input: { ...deviceNameOf(named), note: reason },
        json,
        isDryRun: dryRun,
        describe: describeChange('is out of service, and nothing of it is left at AWS IoT'),
      });
    });
