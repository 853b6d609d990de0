import { Command } from 'commander';
import * as z from 'zod/mini';
import { parseDuration } from '../../../domain/duration.ts';
import { claimsRotate } from '../../../domain/operations/claims-rotate.ts';
import { readNamedClaim } from '../../claims/claim-named.ts';
import { describeFiles, endpointOption, readSealTo } from '../../claims/options.ts';
import { passingCsr } from '../../claims/request.ts';
import type { CommandContext } from '../../command-context.ts';
import { CommandError } from '../../command-error.ts';
import { rotateClaim } from '../../claims/create-claim.ts';
import { perform } from '../../perform.ts';
import { plainJson } from '../../output/plain-json.ts';
import { readOptions } from '../../read-options.ts';

const options = z.object({
  out: z.optional(z.string()),
  overlap: z.string(),
  endpoint: endpointOption,
  sealTo: z.optional(z.string()),
  dryRun: z.boolean(),
  json: z.boolean(),
});

/** `muster claims rotate`: another certificate for a claim, while the line runs on. */
export const claimsRotateCommand = (context: CommandContext): Command =>
  new Command('rotate')
    .description('Gives a claim another key and certificate, in files beside the old ones. Both count on the same quota.')
    .argument('<claim>', 'its name or its <name>.claim.json')
    .option('--overlap <duration>', 'how long the certificate before stays good', '24h')
    .option('--out <directory>', 'where the files are written; beside <name>.claim.json, else here')
    .option('--endpoint <host[:port]>', "where the devices connect to, when it is not the account's data endpoint")
    .option('--seal-to <file>', "encrypt the private key to the factory's public key (PEM or JWK) or certificate")
    .option('--dry-run', 'check everything, and make nothing', false)
    .option('--json', 'print the result as one JSON object', false)
    .action(async (named: string, raw: unknown) => {
      const wanted = readOptions(options, raw);
      const claim = await readNamedClaim(named);
      if (!('name' in claim)) throw new CommandError('A claim is rotated by its name, or by its <name>.claim.json.');
      const wishes = { name: claim.name, overlapMs: readOverlap(wanted.overlap) };
      const place = { out: wanted.out ?? claim.directory ?? '.', endpoint: wanted.endpoint, sealTo: await readSealTo(wanted.sealTo) };
      if (wanted.dryRun) await tryOut(context, wishes, wanted.json);
      else await rotate(context, { wishes, place, json: wanted.json });
    });

type Wishes = Parameters<typeof rotateClaim>[1];

const tryOut = async (context: CommandContext, wishes: Wishes, json: boolean): Promise<void> => {
  const input = { ...wishes, csrPem: await passingCsr(wishes.name) };
  await perform(context, { contract: claimsRotate, input, json, isDryRun: true, describe: () => describe(wishes) });
};

const rotate = async (
  { client, terminal }: CommandContext,
  { wishes, place, json }: { readonly wishes: Wishes; readonly place: Parameters<typeof rotateClaim>[2]; readonly json: boolean },
): Promise<void> => {
  const rotated = await rotateClaim(await client(), wishes, place);
  terminal.out(json ? plainJson(rotated) : [describe(wishes), ...describeFiles(rotated)].join('\n'));
};

const describe = ({ name, overlapMs }: Wishes): string =>
  `Rotated claim "${name}"; the certificate before stays good for ${Math.round(overlapMs / 60_000)} more minutes, or until the claim ends.`;

const readOverlap = (text: string): number => {
  const overlapMs = parseDuration(text);
  if (overlapMs === undefined) throw new CommandError(`--overlap is "${text}"; expected a duration such as 24h or 30m.`);
  return overlapMs;
};
