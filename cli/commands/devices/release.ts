import { Command } from 'commander';
import * as z from 'zod/mini';
import { parseDuration } from '../../../domain/duration.ts';
import { keyDigest } from '../../../domain/identifiers.ts';
import { devicesReadmit } from '../../../domain/operations/devices-readmit.ts';
import { devicesRelease } from '../../../domain/operations/devices-release.ts';
import { devicesShow } from '../../../domain/operations/devices-show.ts';
import { describeChange } from '../../devices/change-device.ts';
import { CommandError } from '../../command-error.ts';
import type { CommandContext } from '../../command-context.ts';
import { aboutDevice, deviceNameOf, deviceOptions } from '../../devices/options.ts';
import { perform } from '../../perform.ts';
import { newCodeFor } from '../../devices/readmit-device.ts';
import { readProof } from '../../devices/read-proof.ts';
import { readOptions } from '../../read-options.ts';

const options = z.object({
  ...deviceOptions,
  newKey: z.boolean(),
  key: z.exactOptional(keyDigest),
  proof: z.exactOptional(z.string()),
  for: z.string(),
  dryRun: z.boolean(),
});

type Wishes = z.infer<typeof options>;

/** `muster devices release`: out of quarantine, or open for another key. */
export const devicesReleaseCommand = (context: CommandContext): Command =>
  aboutDevice(new Command('release').description('Returns a device from quarantine; with --new-key lets another key in, once.'))
    .option('--new-key', 'the device lost its key: let another one in', false)
    .option('--key <digest>', 'with --new-key: only this one, SHA-256 of the public key')
    .option('--proof <file>', 'with --new-key: what it must prove now, columns of a manifest as one JSON object')
    .option('--for <duration>', 'with --new-key: how long', '24h')
    .option('--dry-run', 'check, but change nothing', false)
    .action(async (serial: string, raw: object) => {
      const wishes = readOptions(options, { ...raw, serial });
      if (wishes.newKey) await letKeyIn(context, wishes);
      else await release(context, wishes);
    });

const release = async (context: CommandContext, { key, proof, dryRun, json, ...named }: Wishes): Promise<void> => {
  if (proof !== undefined) throw new CommandError('--proof says what another key must prove; say --new-key, too.');
  if (key !== undefined) throw new CommandError('--key names another key to let in; say --new-key, too.');
  const describe = describeChange('is released');
  await perform(context, { contract: devicesRelease, input: deviceNameOf(named), json, isDryRun: dryRun, describe });
};

const letKeyIn = async (context: CommandContext, { key, proof, dryRun, json, for: duration, ...named }: Wishes): Promise<void> => {
  const durationMs = parseDuration(duration);
  if (durationMs === undefined) throw new CommandError(`--for is "${duration}"; expected a number and a unit, e.g. 24h or 7d.`);
  const { device } = await (await context.client()).call(devicesShow, deviceNameOf(named));
  const fresh = proof === undefined ? await newCodeFor(device) : { requirement: await readProof(device, proof), code: undefined };
  const until = Date.now() + durationMs;
  const requirement = fresh === undefined ? {} : { requirement: fresh.requirement };
  await perform(context, {
    contract: devicesReadmit,
    input: { ...deviceNameOf(named), until, ...(key === undefined ? {} : { key }), ...requirement },
    json,
    isDryRun: dryRun,
    describe: describeChange(`lets ${key === undefined ? 'another key' : 'that key'} in until ${new Date(until).toISOString()}`),
  });
  // On the other stream: results are kept in files and logs, and this is a secret.
  if (fresh?.code !== undefined && !dryRun) context.terminal.error(`Its new enrollment code, shown this once: ${fresh.code}`);
};
