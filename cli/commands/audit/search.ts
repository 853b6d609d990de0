import { Command } from 'commander';
import * as z from 'zod/mini';
import type { CommandContext } from '../../command-context.ts';
import { eventLine } from '../../audit/event-line.ts';
import { findEvents } from '../../audit/find-events.ts';
import { plainJson } from '../../output/plain-json.ts';
import { readOptions } from '../../read-options.ts';
import { searchFor, searchOptions, withSearchOptions } from '../../audit/search-options.ts';

const options = z.object({
  ...searchOptions,
  limit: z.optional(z.coerce.number().check(z.int(), z.minimum(1))),
  json: z.boolean(),
});

/** `muster audit search`: what is on record of a device, a claim, an operator, an attempt. */
export const auditSearchCommand = (context: CommandContext): Command =>
  withSearchOptions(new Command('search').description('Finds what is on record: each thing that is named must be so. Oldest first.'))
    .option('--limit <count>', 'at most so many')
    .option('--json', 'print each event as one JSON object', false)
    .action(async (raw: unknown) => {
      const { limit = Number.POSITIVE_INFINITY, json, ...given } = readOptions(options, raw);
      const { client, terminal } = context;
      const wanted = searchFor(given, Date.now());
      const onUnreadable = (count: number): void => {
        terminal.error(`${count} entries were written by another version and are not shown.`);
      };
      let found = 0;
      for await (const event of findEvents(await client(), { wanted, onUnreadable })) {
        if (found === limit) {
          terminal.error('There are more; narrow it, or raise --limit.');
          break;
        }
        found += 1;
        terminal.out(json ? plainJson(event) : eventLine(event));
      }
      if (found === 0) terminal.error('Nothing of this is on record in that time.');
    });
