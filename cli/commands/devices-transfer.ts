import { Command } from 'commander';
import * as z from 'zod/mini';
import { tenantName } from '../../domain/identifiers.ts';
import { note } from '../../domain/operations/device-name.ts';
import { devicesTransfer } from '../../domain/operations/devices-transfer.ts';
import { describeChange } from '../change-device.ts';
import type { CommandContext } from '../command-context.ts';
import { demandConfirmation } from '../confirmation.ts';
import { aboutDevice, deviceNameOf, deviceOptions } from '../device-options.ts';
import { perform } from '../perform.ts';
import { readOptions } from '../read-options.ts';

const options = z.object({ ...deviceOptions, to: tenantName, reason: z.exactOptional(note), dryRun: z.boolean(), yes: z.boolean() });

const DESCRIPTION =
  'Gives a device to another tenant: what it had for the former one is deleted, and it must come in again. Takes two people.';

/** `muster devices transfer`: gives a device to another tenant. */
export const devicesTransferCommand = (context: CommandContext): Command =>
  aboutDevice(new Command('transfer').description(DESCRIPTION))
    .requiredOption('--to <tenant>', 'who owns it from now on')
    .option('--reason <text>', 'why, for the record; both people say the same')
    .option('--dry-run', 'check, but change nothing', false)
    .option('--yes', 'do not ask', false)
    .action(async (serial: string, raw: object) => {
      const { to, reason, dryRun, yes, json, ...named } = readOptions(options, { ...raw, serial });
      await demandConfirmation(
        context,
        `Give device "${named.serial}" to tenant "${to}"? It is cut off and must come in again.`,
        yes || dryRun,
      );
      await perform(context, {
        contract: devicesTransfer,
        input: { ...deviceNameOf(named), to, ...(reason === undefined ? {} : { note: reason }) },
        json,
        isDryRun: dryRun,
        describe: describeChange(`belongs to tenant "${to}" and may come in again`),
      });
    });
