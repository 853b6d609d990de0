import { Command } from 'commander';
import * as z from 'zod/mini';
import { lineName } from '../../../domain/identifiers.ts';
import { manufacturerName } from '../../../domain/manufacturer.ts';
import { manufacturersAdd } from '../../../domain/operations/manufacturers-add.ts';
import type { CommandContext } from '../../command-context.ts';
import { CommandError } from '../../command-error.ts';
import { parseExpiry } from '../../expiry.ts';
import { readKeyFile } from '../../manifest/manufacturer-key-file.ts';
import { perform } from '../../perform.ts';
import { readOptions } from '../../read-options.ts';

const options = z.object({
  ...{ name: manufacturerName, key: z.string(), line: z.array(lineName) },
  ...{ from: z.optional(z.string()), until: z.optional(z.string()), dryRun: z.boolean(), json: z.boolean() },
});

/** `muster manufacturers add`: trusts a key to sign manifests. */
export const manufacturersAddCommand = (context: CommandContext): Command =>
  new Command('add')
    .description('Trusts a manufacturer’s key to sign manifests. Takes two people: both run the same command.')
    .argument('<name>', 'who they are: lower-case letters, digits and dashes')
    .requiredOption('--key <file>', 'the public key: JWK, PEM or certificate')
    .requiredOption('--line <line...>', 'the lines whose devices it may vouch for')
    .option(
      '--from <when>',
      'signatures count from then on: a date or time in UTC; else the certificate’s beginning, or its time of registration',
    )
    .option('--until <when>', 'signatures count until then: a date or time in UTC; else the certificate’s end')
    .option('--dry-run', 'check, but change nothing', false)
    .option('--json', 'print the key as one JSON object', false)
    .action(async (name: string, raw: object) => {
      const { key: path, line, from, until, dryRun, json, ...wanted } = readOptions(options, { ...raw, name });
      const file = await readKeyFile(path);
      const notBefore = timeOf('--from', from) ?? file.notBefore ?? 0;
      const notAfter = timeOf('--until', until) ?? file.notAfter;
      if (notAfter === undefined) throw new CommandError('A key without a certificate has no end of its own: say --until.');
      await perform(context, {
        contract: manufacturersAdd,
        input: { key: { ...wanted, ...file, notBefore, notAfter, lines: [...line].sort() } },
        json,
        isDryRun: dryRun,
        describe: ({ key, outcome }) =>
          `${outcome === 'created' ? 'Registered' : 'There was already'} the key ${key.kid} of "${key.name}", for ${key.lines.join(', ')}, until ${new Date(key.notAfter).toISOString()}.`,
      });
    });

// No durations: both of the two people must mean the same moment.
const timeOf = (option: string, text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  const time = /^\d{4}-/.test(text) ? parseExpiry(text, 0) : undefined;
  if (time !== undefined) return time;
  throw new CommandError(`${option} is "${text}"; expected a date or time in UTC: 2027-01-31 or 2027-01-31T12:00Z.`);
};
