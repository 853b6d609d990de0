import { setTimeout as sleep } from 'node:timers/promises';
import { Command, Option } from 'commander';
import * as z from 'zod/mini';
import { auditCodes } from '../../../domain/audit-event.ts';
import { claimName } from '../../../domain/identifiers.ts';
import type { CommandContext } from '../../command-context.ts';
import { eventLine } from '../../audit/event-line.ts';
import { plainJson } from '../../output/plain-json.ts';
import { readOptions } from '../../read-options.ts';
import { parseSince } from '../../audit/since.ts';
import { tailAudit } from '../../audit/tail-audit.ts';

const LOOK_MS = 2_000;

const options = z.object({
  since: z.string(),
  code: z.exactOptional(z.enum(auditCodes)),
  serial: z.optional(z.string()),
  claim: z.exactOptional(claimName),
  follow: z.boolean(),
  json: z.boolean(),
});

/** `muster audit tail`: what is on record, and what comes to it. */
export const auditTailCommand = (context: CommandContext): Command =>
  new Command('tail')
    .description('Prints the audit log, oldest first.')
    .option('--follow', 'go on with what comes, until Ctrl-C', false)
    .option('--since <when>', 'from there on: a duration (1h) or a time in UTC', '1h')
    .addOption(new Option('--code <code>', 'only these events').choices(auditCodes))
    .option('--serial <serial>', 'only of this device')
    .option('--claim <name>', 'only of this claim')
    .option('--json', 'print each event as one JSON object', false)
    .action(async (raw: unknown) => {
      const { since, code, serial, claim, follow, json } = readOptions(options, raw);
      const { client, terminal } = context;
      await tailAudit(await client(), {
        since: parseSince(since, Date.now()),
        where: {
          ...(code === undefined ? {} : { code }),
          ...(serial === undefined ? {} : { serialNumber: serial }),
          ...(claim === undefined ? {} : { claim }),
        },
        onEntry: ({ event }) => {
          terminal.out(json ? plainJson(event) : eventLine(event));
        },
        onUnreadable: (count) => {
          terminal.error(`${count} entries were written by another version and are not shown.`);
        },
        ...(follow ? { untilNextLook: nextLook(context) } : {}),
      });
    });

const nextLook = ({ untilInterrupted }: CommandContext): (() => Promise<boolean>) => {
  const interrupted = untilInterrupted().then(() => false);
  return async () => {
    const ended = new AbortController();
    const waited = sleep(LOOK_MS, true, { signal: ended.signal }).catch(() => false);
    const goesOn = await Promise.race([waited, interrupted]);
    ended.abort();
    return goesOn;
  };
};
