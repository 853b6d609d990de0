import { Command } from 'commander';
import * as z from 'zod/mini';
import { keyDigest } from '../../../domain/identifiers.ts';
import { devicesApprove } from '../../../domain/operations/devices-approve.ts';
import { devicesConfirm } from '../../../domain/operations/devices-confirm.ts';
import { devicesShow } from '../../../domain/operations/devices-show.ts';
import { describeChange } from '../../devices/change-device.ts';
import type { CommandContext } from '../../command-context.ts';
import { aboutDevice, deviceNameOf, deviceOptions } from '../../devices/options.ts';
import { perform } from '../../perform.ts';
import { readOptions } from '../../read-options.ts';

const options = z.object({ ...deviceOptions, key: z.optional(keyDigest), dryRun: z.boolean() });

/** `muster devices approve`: an operator's yes, to a key that waits or to a device on probation. */
export const devicesApproveCommand = (context: CommandContext): Command =>
  aboutDevice(
    new Command('approve').description('Approves the key that waits; a device on probation is confirmed, and has its whole policy then.'),
  )
    .option('--key <digest>', 'approve this key alone, also before it has asked: SHA-256 of the public key')
    .option('--dry-run', 'check, but change nothing', false)
    .action(async (serial: string, raw: object) => {
      const { key, dryRun, json, ...named } = readOptions(options, { ...raw, serial });
      const input = deviceNameOf(named);
      const { device } = await (await context.client()).call(devicesShow, input);
      const wishes = { json, isDryRun: dryRun };
      if (device.onProbation && key === undefined && device.evidence?.pending === undefined)
        await perform(context, { contract: devicesConfirm, input, ...wishes, describe: describeChange('is confirmed') });
      else
        await perform(context, {
          contract: devicesApprove,
          input: { ...input, ...(key === undefined ? {} : { key }) },
          ...wishes,
          describe: describeChange('is approved and comes in when it asks again'),
        });
    });
