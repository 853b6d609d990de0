import { Command } from 'commander';
import * as z from 'zod/mini';
import type { KeyDigest } from '../../../domain/identifiers.ts';
import type { DeviceEvidence, DeviceRecord } from '../../../domain/operations/device-record.ts';
import { devicesResolve } from '../../../domain/operations/devices-resolve.ts';
import { devicesShow } from '../../../domain/operations/devices-show.ts';
import { describeChange } from '../../devices/change-device.ts';
import { CommandError } from '../../command-error.ts';
import type { CommandContext } from '../../command-context.ts';
import { demandConfirmation } from '../../confirmation.ts';
import { aboutDevice, deviceNameOf, deviceOptions } from '../../devices/options.ts';
import { factTable } from '../../output/fact-table.ts';
import { perform } from '../../perform.ts';
import { readOptions } from '../../read-options.ts';

const keyStart = z.string().check(z.regex(/^[0-9a-f]{8,64}$/, 'expected the first 8 to 64 hexadecimal digits of the key to keep'));
const options = z.object({ ...deviceOptions, keep: z.optional(keyStart), dryRun: z.boolean(), yes: z.boolean() });

/** `muster devices resolve`: rules which of two keys is the device. */
export const devicesResolveCommand = (context: CommandContext): Command =>
  aboutDevice(
    new Command('resolve').description(
      'Where two keys ask for one serial: names both, keeps one, and revokes the other. Cannot be undone.',
    ),
  )
    .option('--keep <key>', 'the first digits of the key to keep, at least 8; without it, both are named and nothing is changed')
    .option('--dry-run', 'check, but change nothing', false)
    .option('--yes', 'do not ask', false)
    .action(async (serial: string, raw: object) => {
      const { keep, dryRun, yes, json, ...named } = readOptions(options, { ...raw, serial });
      const { device } = await (await context.client()).call(devicesShow, deviceNameOf(named));
      if (!json) context.terminal.out(factTable(sidesOf(device)));
      if (keep === undefined) throw new CommandError(`Say which one is the device: --keep <first 8 digits of its key>.`);
      const key = keyOf(device, keep);
      await demandConfirmation(context, `Keep key ${key} and rule the other out for good?`, yes || dryRun);
      await perform(context, {
        contract: devicesResolve,
        input: { ...deviceNameOf(named), keep: key },
        json,
        isDryRun: dryRun,
        describe: describeChange(`keeps key ${key.slice(0, 8)}…`),
      });
    });

const from = (address: string | undefined): string => `from ${address ?? 'an address that was not seen'}`;

const sidesOf = ({ evidence }: DeviceRecord): readonly (readonly [string, string])[] => {
  const { boundKey, boundAddress, pending, contender } = evidence ?? noEvidence;
  return [
    boundKey === undefined
      ? ['first key', pending === undefined ? 'none' : `${pending.key}, ${asked(pending)}`]
      : ['bound key', `${boundKey}, ${from(boundAddress)}`],
    ['other key', contender === undefined ? 'none' : `${contender.key}, ${asked(contender)}`],
  ];
};

const noEvidence: Partial<DeviceEvidence> = {};

const asked = ({ at, address }: NonNullable<DeviceEvidence['pending']>): string => `${new Date(at).toISOString()}, ${from(address)}`;

const keyOf = ({ evidence }: DeviceRecord, start: string): KeyDigest => {
  const keys = [evidence?.boundKey, evidence?.pending?.key, evidence?.contender?.key].filter((key) => key !== undefined);
  const [found, ...more] = [...new Set(keys)].filter((key) => key.startsWith(start));
  if (found !== undefined && more.length === 0) return found;
  const why = found === undefined ? 'No key of this device begins' : 'More than one key of this device begins';
  throw new CommandError(`${why} with ${start}; they are ${keys.join(' and ') || 'none'}.`);
};
