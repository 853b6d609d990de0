import Table from 'cli-table3';
import { Command } from 'commander';
import * as z from 'zod/mini';
import { parseDuration } from '../../../domain/duration.ts';
import { CommandError } from '../../command-error.ts';
import { readOptions } from '../../read-options.ts';
import type { Terminal } from '../../output/terminal.ts';
import { ask, controlling, pretty, readJson } from './controlling.ts';
import { issuersCommand } from './issuers.ts';

const FAULT = '{"at":"operation","service":"iot","effect":{"kind":"throttle"},"count":1}';

/** `muster local faults`: what goes wrong on purpose. */
const faultsCommand = ({ out }: Terminal): Command =>
  new Command('faults')
    .description('What goes wrong on purpose in a local AWS that runs. local/README.md says what there is.')
    .addCommand(
      controlling('add', 'Adds a fault and prints it with its id.')
        .argument('<fault>', 'as JSON: where it strikes (at), what happens (effect), how often')
        .action(async (fault: string, raw: unknown) => {
          out(pretty(await ask(raw, { method: 'POST', path: '/faults', body: readJson('fault', fault, FAULT) })));
        }),
    )
    .addCommand(
      controlling('list', 'Prints the faults with how often each struck.').action(async (raw: unknown) => {
        out(pretty(await ask(raw, { method: 'GET', path: '/faults' })));
      }),
    )
    .addCommand(
      controlling('clear', 'Clears one fault, or all.')
        .argument('[id]', 'of the fault')
        .action(async (id: string | undefined, raw: unknown) => {
          await ask(raw, { method: 'DELETE', path: id === undefined ? '/faults' : `/faults/${encodeURIComponent(id)}` });
          out(id === undefined ? 'Cleared all faults.' : `Cleared fault ${id}.`);
        }),
    );

const clock = z.object({ now: z.string() });

/** `muster local clock`: time that need not be waited for. */
const clockCommand = ({ out }: Terminal): Command =>
  new Command('clock').description('The time of a local AWS that runs.').addCommand(
    controlling('advance', 'Lets time pass at once: what falls due happens, in order.')
      .argument('<duration>', 'e.g. 7m, 1h or 30d')
      .action(async (duration: string, raw: unknown) => {
        const advanceMs = parseDuration(duration);
        if (advanceMs === undefined)
          throw new CommandError(`The duration is "${duration}"; expected a number and a unit, e.g. 7m, 1h or 30d.`);
        const { now } = z.parse(clock, await ask(raw, { method: 'POST', path: '/clock', body: { advanceMs } }));
        out(`In the local AWS it is ${now} now.`);
      }),
  );

const logged = z.object({
  requests: z.array(
    z.object({
      ...{ at: z.string(), service: z.string(), operation: z.string(), caller: z.string(), status: z.number() },
      ...{ errorCode: z.optional(z.string()), effect: z.optional(z.string()), durationMs: z.number() },
    }),
  ),
});

const filters = z.object({
  service: z.optional(z.string()),
  operation: z.optional(z.string()),
  failures: z.boolean(),
  limit: z.string(),
  json: z.boolean(),
});

const tableOf = ({ requests }: z.infer<typeof logged>): string => {
  const table = new Table({ head: ['at', 'operation', 'status', 'ms', 'caller'], style: { head: [], border: [] } });
  for (const { at, service, operation, status, errorCode, effect, durationMs, caller } of requests) {
    const outcome = [status === 0 ? 'no answer' : String(status), errorCode, effect === undefined ? undefined : `(${effect})`];
    table.push([at, `${service}:${operation}`, outcome.filter((part) => part !== undefined).join(' '), String(durationMs), caller]);
  }
  return table.toString();
};

/** `muster local requests`: what came in. */
const requestsCommand = ({ out }: Terminal): Command =>
  controlling('requests', 'Prints the last requests that a local AWS answered.')
    .option('--service <name>', 'only of this service, by its signing name')
    .option('--operation <name>', 'only this operation')
    .option('--failures', 'only what was refused or never answered', false)
    .option('--limit <count>', 'the newest so many', '50')
    .option('--json', 'print them as one JSON object', false)
    .action(async (raw: unknown) => {
      const { json, failures, ...wanted } = readOptions(filters, raw);
      const query = new URLSearchParams({ failures: String(failures) });
      for (const [name, value] of Object.entries(wanted)) if (value !== undefined) query.set(name, value);
      const answer = await ask(raw, { method: 'GET', path: `/requests?${query.toString()}` });
      out(json ? JSON.stringify(answer) : tableOf(z.parse(logged, answer)));
    });

/** `muster local rest`, `reset` and `export`: its state. */
const stateCommands = ({ out }: Terminal): readonly Command[] => [
  controlling('rest', 'Waits until no function runs, so that a jump of time takes none of theirs.').action(async (raw: unknown) => {
    await ask(raw, { method: 'POST', path: '/rest' });
    out('No function runs in the local AWS.');
  }),
  controlling('reset', 'Empties a local AWS that runs; keys, ports and names stay.').action(async (raw: unknown) => {
    await ask(raw, { method: 'POST', path: '/reset' });
    out('The local AWS is empty.');
  }),
  controlling('export', 'Prints what the services of a local AWS store, as JSON.')
    .option('--secrets', 'include secrets', false)
    .action(async (raw: unknown) => {
      const { secrets } = readOptions(z.object({ secrets: z.boolean() }), raw);
      out(pretty(await ask(raw, { method: 'GET', path: `/export?secrets=${String(secrets)}` })));
    }),
];

/** The commands under `muster local` that talk to one that runs. */
export const localControlCommands = (terminal: Terminal): readonly Command[] => [
  faultsCommand(terminal),
  clockCommand(terminal),
  requestsCommand(terminal),
  issuersCommand(terminal),
  ...stateCommands(terminal),
];
