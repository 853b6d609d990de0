import { Command } from 'commander';
import * as z from 'zod/mini';
import { type Verification, verifyArchive } from '../../../domain/audit/verification/verify-archive.ts';
import { MINUTE_MS, parseDuration } from '../../../domain/duration.ts';
import { openHistory } from '../../audit/open-history.ts';
import { readWitness } from '../../audit/seal-keys.ts';
import { progressOn } from '../../audit/show-progress.ts';
import { unpack } from '../../audit/unpack.ts';
import { verificationLines } from '../../audit/verification-text.ts';
import type { CommandContext } from '../../command-context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { plainJson } from '../../output/plain-json.ts';
import { readOptions } from '../../read-options.ts';
import { UsageError } from '../../usage-error.ts';

const sequence = z.coerce.number().check(z.int(), z.minimum(1));
const files = z._default(z.array(z.string()), []);

const options = z.object({
  folder: z.optional(z.string()),
  key: files,
  period: z.optional(sequence),
  since: z._default(sequence, 1),
  witness: files,
  silence: z.optional(z.string()),
  json: z.boolean(),
});

/** A run may be late once, and the next one fail. */
const PERIODS_OF_SILENCE = 3;

const HELP = `
It reads versions of objects and not the current view. With --folder and --key it takes no AWS credentials and no network.
docs/audit.md says what it proves and what it does not.
Exit codes: 0 when history is as it was sealed, 1 when it could not be read, 2 when the command line is wrong, 4 when it is not as it was sealed.`;

/** `muster audit verify`: whether history is what was sealed. */
export const auditVerifyCommand = (context: CommandContext): Command =>
  new Command('verify')
    .description('Checks that sealed history is as it was sealed: what is broken first, and up to when it can be vouched for.')
    .option('--folder <directory>', 'what "muster audit download" wrote, in place of the bucket of the deployment')
    .option('--key <file...>', 'public keys of which any may have signed, in PEM, in place of the one that KMS tells')
    .option('--period <number>', 'only this period, and its link to the one before')
    .option('--since <number>', 'from this period on, where what is older was let go (default: 1)')
    .option('--witness <file...>', 'seals that somebody kept elsewhere: history must have them')
    .option('--silence <duration>', 'how long nothing may have been sealed (default: three times audit.sealMinutes)')
    .option('--json', 'print the result as one JSON object', false)
    .addHelpText('after', HELP)
    .action(async (raw: unknown) => {
      const wishes = readOptions(options, raw);
      const maxSilenceMs = await silenceOf(context, wishes.silence);
      const { archive, keys, ...times } = await openHistory(context, wishes);
      const witnesses = await Promise.all(wishes.witness.map((path) => readWitness(path, keys)));
      const { period, since } = wishes;
      const range = period === undefined ? { first: since } : { first: period, last: period };
      const onProgress = progressOn(context.terminal, 'periods checked');
      const verification = await verifyArchive({ archive, keys, unpack }, { ...range, ...times, maxSilenceMs, witnesses, onProgress });
      tell(context, verification, wishes.json);
    });

const silenceOf = async ({ configuration }: CommandContext, silence: string | undefined): Promise<number> => {
  if (silence === undefined) return (await configuration()).audit.sealMinutes * PERIODS_OF_SILENCE * MINUTE_MS;
  const given = parseDuration(silence);
  if (given === undefined) throw new UsageError(`--silence is "${silence}"; expected a duration, e.g. 90m.`);
  return given;
};

const tell = ({ terminal, setExitCode }: CommandContext, verification: Verification, json: boolean): void => {
  if (json) terminal.out(plainJson(verification));
  else for (const line of verificationLines(verification)) terminal.out(line);
  if (!verification.isIntact) setExitCode(exitCodes.broken);
};
