import { Command } from 'commander';
import * as z from 'zod/mini';
import { devicesRotate } from '../../../domain/operations/devices-rotate.ts';
import { describeChange } from '../../devices/change-device.ts';
import type { CommandContext } from '../../command-context.ts';
import { aboutDevice, deviceNameOf, deviceOptions } from '../../devices/options.ts';
import { perform } from '../../perform.ts';
import { readOptions } from '../../read-options.ts';

const options = z.object({ ...deviceOptions, dryRun: z.boolean() });

/** `muster devices rotate`: asks one device for another credential. */
export const devicesRotateCommand = (context: CommandContext): Command =>
  aboutDevice(
    new Command('rotate').description('Asks a device for another credential, now. The one that it has stays good until it uses the next.'),
  )
    .option('--dry-run', 'check, but change nothing', false)
    .action(async (serial: string, raw: object) => {
      const { dryRun, json, ...named } = readOptions(options, { ...raw, serial });
      await perform(context, {
        contract: devicesRotate,
        input: deviceNameOf(named),
        json,
        isDryRun: dryRun,
        describe: describeChange('is asked for another credential'),
      });
    });
