import { Command } from 'commander';
import * as z from 'zod/mini';
import { note } from '../../../domain/operations/device-name.ts';
import { devicesQuarantine } from '../../../domain/operations/devices-quarantine.ts';
import { describeChange } from '../../devices/change-device.ts';
import type { CommandContext } from '../../command-context.ts';
import { aboutDevice, deviceNameOf, deviceOptions } from '../../devices/options.ts';
import { perform } from '../../perform.ts';
import { readOptions } from '../../read-options.ts';

const options = z.object({ ...deviceOptions, reason: note, now: z.boolean(), dryRun: z.boolean() });

/** `muster devices quarantine`: takes everything from a device but its diagnosis topics. */
export const devicesQuarantineCommand = (context: CommandContext): Command =>
  aboutDevice(new Command('quarantine').description('Takes everything from a device but its diagnosis topics, until it is released.'))
    .requiredOption('--reason <text>', 'why, for the record')
    .option('--now', 'leave it not even its diagnosis: its certificates are out of use until it is released', false)
    .option('--dry-run', 'check, but change nothing', false)
    .action(async (serial: string, raw: object) => {
      const { reason, now, dryRun, json, ...named } = readOptions(options, { ...raw, serial });
      await perform(context, {
        contract: devicesQuarantine,
        input: { ...deviceNameOf(named), note: reason, now },
        json,
        isDryRun: dryRun,
        describe: describeChange(now ? 'keeps nothing' : 'keeps nothing but its diagnosis'),
      });
    });
