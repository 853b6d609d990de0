import { access } from 'node:fs/promises';
import { Command, Option } from 'commander';
import * as z from 'zod/mini';
import { askNewcomer } from '../init/ask-newcomer.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandError } from '../command-error.ts';
import { mistakesIn, newConfiguration, type NewcomerAnswers, strongAttestations } from '../init/new-configuration.ts';
import { plainJson } from '../output/plain-json.ts';
import { readOptions } from '../read-options.ts';
import { replaceFile } from '../files/replace-file.ts';
import { UsageError } from '../usage-error.ts';
import { writeOnce } from '../files/write-once.ts';

const text = z.exactOptional(z.string());
const answers = z.object({ prefix: text, line: text, tenant: text, attestation: text, email: text });
const options = z.object({ out: z.string(), force: z.boolean(), yes: z.boolean(), dryRun: z.boolean(), json: z.boolean() });

const HELP = `
A line whose devices prove nothing but a serial number is not made here: write attestation and accept ("serial-only") into
the file yourself, and read first what that gives up (README.md, "Configure it").`;

/** `muster init`: the first configuration. */
export const initCommand = (context: CommandContext): Command =>
  new Command('init')
    .description('Writes a configuration to begin with. Asks for what is not given; never writes over a file unless told to.')
    .option('--prefix <prefix>', 'what the names of everything in this deployment begin with')
    .option('--line <line>', 'the name of the first product line')
    .option('--tenant <tenant>', 'whom its devices belong to')
    .addOption(new Option('--attestation <kind>', 'the least that a device must prove').choices(Object.keys(strongAttestations)))
    .option('--email <address>', 'who is told of alarms')
    .option('--out <file>', 'where to write it', 'muster.config.json')
    .option('--force', 'write over a file that is there, which is kept beside it', false)
    .option('--yes', 'take what is usual for what is not given, and do not ask', false)
    .option('--dry-run', 'show the configuration, but write nothing', false)
    .option('--json', 'print the result as one JSON object', false)
    .addHelpText('after', HELP)
    .action((raw: unknown) => act(context, readOptions(answers, raw), readOptions(options, raw)));

const act = async (
  context: CommandContext,
  given: Partial<NewcomerAnswers>,
  { out, force, yes, dryRun, json }: z.infer<typeof options>,
): Promise<void> => {
  if (!force && !dryRun && (await isThere(out)))
    throw new CommandError(`${out} is there already and stays as it is. Choose another --out, or --force to keep it under another name.`);
  const chosen = await askNewcomer(context, given, yes);
  const mistakes = mistakesIn(chosen);
  if (mistakes.length > 0)
    throw new UsageError(mistakes.map(({ where, got, allowed }) => `${where}: got ${got}; allowed is ${allowed}.`).join('\n'));
  const configuration = newConfiguration(chosen);
  const file = `${JSON.stringify(configuration, undefined, 2)}\n`;
  const backup = dryRun ? undefined : await write(out, file, force);
  const { terminal } = context;
  if (json) terminal.out(plainJson({ file: out, ...(backup === undefined ? {} : { backup }), isDryRun: dryRun, configuration }));
  else if (dryRun) terminal.out(`Dry run, nothing is written. Else ${out} would be:\n${file.trimEnd()}`);
  else terminal.out(nextSteps(out, backup));
};

const write = async (out: string, file: string, force: boolean): Promise<string | undefined> => {
  if (force) return replaceFile(out, file);
  await writeOnce(out, file, 0o644);
  return undefined;
};

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const nextSteps = (out: string, backup: string | undefined): string =>
  [
    `Wrote ${out}${backup === undefined ? '' : `; what was there is in ${backup}`}.`,
    ...(out === 'muster.config.json' ? [] : [`Have it used: export MUSTER_CONFIG='${out.replaceAll("'", "'\\''")}'`]),
    'Next, once per account and region:  npx cdk bootstrap',
    'See whether the account is ready:   npx muster doctor',
    'Then:                               npx cdk deploy --all',
  ].join('\n');
