import { Command } from 'commander';
import { claimsCreate } from '../../../domain/operations/claims-create.ts';
import { type CreateOptions, createOptions } from '../../claims/create-options.ts';
import { describeFiles, readFutureTime, readSealTo } from '../../claims/options.ts';
import { passingCsr } from '../../claims/request.ts';
import type { CommandContext } from '../../command-context.ts';
import { CommandError } from '../../command-error.ts';
import { type ClaimWishes, createClaim, type CreatedClaim } from '../../claims/create-claim.ts';
import { perform } from '../../perform.ts';
import { plainJson } from '../../output/plain-json.ts';
import { readOptions } from '../../read-options.ts';
import { createField } from './create-field.ts';

const NOTES = `
The private key is made here and goes nowhere: into a file for you alone, or encrypted to a key of the factory (--seal-to).
A run that got no answer is finished by the same command.
--field makes a technician's claim instead: of five minutes, for one device (or --quota, up to 5), recorded under your name.`;

/** `muster claims create`: a credential for one manufacturing batch, which may start onboarding and nothing else. */
export const claimsCreateCommand = (context: CommandContext): Command =>
  new Command('create')
    .description("Creates a batch's claim and writes its certificate, its private key and its description.")
    .requiredOption('--line <line>', 'the product line whose devices it may onboard')
    .option('--name <batch>', 'the name of the batch: a-z, 0-9 and dash')
    .option('--quota <count>', 'how many serial numbers it may admit')
    .option('--expires <when>', 'a duration (30d) or a date in UTC (2027-01-31)')
    .option('--opens <when>', 'when it may first be used; now, unless given')
    .option('--from <serial>', 'the first serial of those that it admits, with --to')
    .option('--to <serial>', 'the last, of the same length')
    .option('--manifest <sha256>', 'it admits the devices of this manifest alone')
    .requiredOption('--out <directory>', 'where the three files are written')
    .option('--contact <whom>', 'whom to call about it')
    .option('--endpoint <host[:port]>', "where the devices connect to, when it is not the account's data endpoint")
    .option('--seal-to <file>', "encrypt the private key to the factory's public key (PEM or JWK) or certificate")
    .option('--field', 'a claim of five minutes for a technician, made with your own credentials', false)
    .option('--dry-run', 'check everything, and make nothing', false)
    .option('--json', 'print the result as one JSON object', false)
    .addHelpText('after', NOTES)
    .action(async (raw: unknown) => {
      const wanted = readOptions(createOptions, raw);
      await (wanted.field ? createField(context, wanted) : createBatch(context, wanted));
    });

const createBatch = async (context: CommandContext, wanted: CreateOptions): Promise<void> => {
  const wishes = wishesOf(wanted, Date.now());
  const place = { out: wanted.out, endpoint: wanted.endpoint, sealTo: await readSealTo(wanted.sealTo) };
  if (wanted.dryRun) {
    const input = { ...wishes, csrPem: await passingCsr(wishes.name) };
    await perform(context, { contract: claimsCreate, input, json: wanted.json, isDryRun: true, describe: ({ claim }) => describe(claim) });
    return;
  }
  const created = await createClaim(await context.client(), wishes, place);
  context.terminal.out(wanted.json ? plainJson(created) : [describe(created.claim), ...describeFiles(created)].join('\n'));
};

const wishesOf = (wanted: CreateOptions, now: number): ClaimWishes => {
  const { line, name, quota, opens, expires, from, to, manifest, contact } = wanted;
  if (name === undefined || quota === undefined || expires === undefined)
    throw new CommandError('A claim of a batch takes --name, --quota and --expires; one of a technician takes --field.');
  if ((from === undefined) !== (to === undefined)) throw new CommandError('--from and --to go together: the first serial and the last.');
  return {
    ...{ line, name, quota },
    expiresAt: readFutureTime('--expires', expires, now),
    ...(opens === undefined ? {} : { opensAt: readFutureTime('--opens', opens, now) }),
    ...(from === undefined || to === undefined ? {} : { range: { from, to } }),
    ...(manifest === undefined ? {} : { manifest }),
    ...(contact === undefined ? {} : { contact }),
  };
};

const describe = ({ name, line, quota, expiresAt }: CreatedClaim['claim']): string =>
  `Created claim "${name}" of line "${line}" for ${quota} devices until ${new Date(expiresAt).toISOString()}.`;
