import { Command } from 'commander';
import * as z from 'zod/mini';
import { note } from '../../../domain/operations/device-name.ts';
import { devicesRevoke } from '../../../domain/operations/devices-revoke.ts';
import { describeChange } from '../../devices/change-device.ts';
import type { CommandContext } from '../../command-context.ts';
import { demandConfirmation } from '../../confirmation.ts';
import { aboutDevice, deviceNameOf, deviceOptions } from '../../devices/options.ts';
import { perform } from '../../perform.ts';
import { readOptions } from '../../read-options.ts';

const options = z.object({ ...deviceOptions, reason: note, dryRun: z.boolean(), yes: z.boolean() });

/** `muster devices revoke`: ends a device for good. */
export const devicesRevokeCommand = (context: CommandContext): Command =>
  aboutDevice(new Command('revoke').description('Ends a device for good: it never comes in again. Takes two people; cannot be undone.'))
    .requiredOption('--reason <text>', 'why, for the record; both people say the same')
    .option('--dry-run', 'check, but change nothing', false)
    .option('--yes', 'do not ask', false)
    .action(async (serial: string, raw: object) => {
      const { reason, dryRun, yes, json, ...named } = readOptions(options, { ...raw, serial });
      await demandConfirmation(context, `Revoke device "${named.serial}" for good?`, yes || dryRun);
      await perform(context, {
        contract: devicesRevoke,
        input: { ...deviceNameOf(named), note: reason },
        json,
        isDryRun: dryRun,
        describe: describeChange('is revoked for good'),
      });
    });
