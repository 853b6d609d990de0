import { Command } from 'commander';
import * as z from 'zod/mini';
import { parseDuration } from '../../../domain/duration.ts';
import { note } from '../../../domain/operations/device-name.ts';
import { devicesRecover } from '../../../domain/operations/devices-recover.ts';
import { describeChange } from '../../devices/change-device.ts';
import { isThere, SECRET_MODE } from '../../claims/files.ts';
import { CommandError } from '../../command-error.ts';
import type { CommandContext } from '../../command-context.ts';
import { aboutDevice, deviceNameOf, deviceOptions } from '../../devices/options.ts';
import { unlessWaiting } from '../../perform.ts';
import { patiently } from '../../patiently.ts';
import { plainJson } from '../../output/plain-json.ts';
import { readOptions } from '../../read-options.ts';
import { writeOnce } from '../../files/write-once.ts';

const options = z.object({
  ...deviceOptions,
  reason: note,
  for: z.string(),
  out: z.string(),
  endpoint: z.optional(z.string()),
  dryRun: z.boolean(),
});

type Wishes = z.infer<typeof options>;

/** `muster devices recover`: makes a ticket by which a device comes back whose certificate is over. */
export const devicesRecoverCommand = (context: CommandContext): Command =>
  aboutDevice(
    new Command('recover').description(
      'Makes a ticket by which a device whose certificate is over comes back, once, with its own key. Takes two people.',
    ),
  )
    .requiredOption('--reason <text>', 'why, for the record; both people say the same')
    .requiredOption('--out <file>', 'where the ticket goes, for its owner alone; of the second of the two')
    .option('--for <duration>', 'how long the ticket is good: 1m to 24h; both people say the same', '1h')
    .option('--endpoint <host[:port]>', "where the device shows it, instead of the account's data endpoint")
    .option('--dry-run', 'check, but change nothing', false)
    .action(async (serial: string, raw: object) => {
      const wishes = readOptions(options, { ...raw, serial });
      const forMs = parseDuration(wishes.for);
      if (forMs === undefined) throw new CommandError(`--for is "${wishes.for}"; expected a number and a unit, e.g. 30m or 2h.`);
      // Before anybody agrees: a ticket that cannot be written is lost.
      if (!wishes.dryRun && (await isThere(wishes.out))) throw new CommandError(`${wishes.out} is there already; choose another --out.`);
      await unlessWaiting(context, wishes.json, () => recover(context, wishes, forMs));
    });

const recover = async (
  context: CommandContext,
  { reason, json, dryRun, out, endpoint, ...named }: Wishes,
  forMs: number,
): Promise<void> => {
  const { client, terminal } = context;
  const caller = await client();
  const input = { ...deviceNameOf(named), note: reason, forMs };
  const { ticket, ...change } = await patiently(() => caller.call(devicesRecover, input, { isDryRun: dryRun }));
  const said = describeChange('may come back by a ticket')(change);
  if (ticket === undefined) {
    terminal.out(json ? plainJson(change) : `Dry run, nothing is changed. Else: ${said}`);
    return;
  }
  const text = JSON.stringify({ ...ticket, ...(endpoint === undefined ? {} : { endpoint }) }, undefined, 2);
  await writeOnce(out, `${text}\n`, SECRET_MODE);
  const until = new Date(ticket.expiresAt).toISOString();
  terminal.out(json ? plainJson({ ...change, file: out, until }) : `${said}\nUntil ${until}: muster-device recover --ticket ${out}`);
};
