import { Command } from 'commander';
import * as z from 'zod/mini';
import { tenantName } from '../../../domain/identifiers.ts';
import { note } from '../../../domain/operations/device-name.ts';
import type { DeviceRecord } from '../../../domain/operations/device-record.ts';
import { devicesTransfer } from '../../../domain/operations/devices-transfer.ts';
import { describeChange } from '../../devices/change-device.ts';
import type { CommandContext } from '../../command-context.ts';
import { demandConfirmation } from '../../confirmation.ts';
import { aboutDevice, deviceNameOf, deviceOptions } from '../../devices/options.ts';
import { perform } from '../../perform.ts';
import { readOptions } from '../../read-options.ts';

const options = z.object({
  ...deviceOptions,
  to: tenantName,
  keepProof: z.boolean(),
  reason: z.exactOptional(note),
  dryRun: z.boolean(),
  yes: z.boolean(),
});

const DESCRIPTION =
  'Gives a device to another tenant: what it had for the former one counts no more, and it must come in again. Takes two people.';

/** `muster devices transfer`: gives a device to another tenant. */
export const devicesTransferCommand = (context: CommandContext): Command =>
  aboutDevice(new Command('transfer').description(DESCRIPTION))
    .requiredOption('--to <tenant>', 'who owns it from now on')
    .option('--keep-proof', 'it goes on proving itself by the key or secret that it has: so may whoever has a copy', false)
    .option('--reason <text>', 'why, for the record; both people say the same')
    .option('--dry-run', 'check, but change nothing', false)
    .option('--yes', 'do not ask', false)
    .action(async (serial: string, raw: object) => {
      const { to, keepProof, reason, dryRun, yes, json, ...named } = readOptions(options, { ...raw, serial });
      await demandConfirmation(
        context,
        `Give device "${named.serial}" to tenant "${to}"? It is cut off and must come in again.${keepProof ? ` ${COPIES}` : ''}`,
        yes || dryRun,
      );
      await perform(context, {
        contract: devicesTransfer,
        input: {
          ...deviceNameOf(named),
          to,
          ...(keepProof ? { keepsProof: true } : {}),
          ...(reason === undefined ? {} : { note: reason }),
        },
        json,
        isDryRun: dryRun,
        describe: (change) => describeChange(`belongs to tenant "${to}" and ${wayIn(change.device)}`)(change),
      });
      if (keepProof && !dryRun) context.terminal.error(COPIES);
    });

const COPIES = 'Whoever has a copy of its key or secret, the former owner for one, may be taken for it.';

const wayIn = ({ awaitsProof, firstKeyVersion }: DeviceRecord): string => {
  if (awaitsProof === true) return 'may come in once it is said what it must prove now (muster devices release --new-key)';
  return firstKeyVersion === undefined ? 'may come in again' : 'may come in with another key (muster keys issue)';
};
