import { Command } from 'commander';
import * as z from 'zod/mini';
import { parseEndpoint } from '../../device/endpoint.ts';
import { claimName, lineName } from '../../domain/identifiers.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandError } from '../command-error.ts';
import { createClaim, type ClaimWishes, type CreatedClaim } from '../create-claim.ts';
import { parseExpiry } from '../expiry.ts';
import { readOptions } from '../read-options.ts';
import { recordEvents } from '../record-events.ts';

const options = z.object({
  line: lineName,
  name: claimName,
  quota: z.coerce.number().check(z.int('expected a whole number'), z.minimum(1), z.maximum(10_000_000)),
  expires: z.string(),
  contact: z.optional(z.string().check(z.maxLength(200))),
  out: z.string(),
  endpoint: z.optional(z.string().check(z.refine((text) => parseEndpoint(text) !== undefined, 'expected "host" or "host:port"'))),
  json: z.boolean(),
});

/** `muster claims create`: a credential for one manufacturing batch, which may start onboarding and nothing else. */
export const claimsCreateCommand = ({ operator: open, terminal }: CommandContext): Command =>
  new Command('create')
    .description("Creates a batch's claim and writes its certificate, its private key and its description.")
    .requiredOption('--line <line>', 'the product line whose devices it may onboard')
    .requiredOption('--name <batch>', 'the name of the batch: a-z, 0-9 and dash')
    .requiredOption('--quota <count>', 'how many serial numbers it may admit')
    .requiredOption('--expires <when>', 'a duration (30d) or a date in UTC (2027-01-31)')
    .requiredOption('--out <directory>', 'where the three files are written')
    .option('--contact <whom>', 'whom to call about it')
    .option('--endpoint <host[:port]>', "where the devices connect to, when it is not the account's data endpoint")
    .option('--json', 'print the result as one JSON object', false)
    .action(async (raw: unknown) => {
      const { expires, json, contact, endpoint, ...wanted } = readOptions(options, raw);
      const operator = await open();
      const wishes: ClaimWishes = {
        ...wanted,
        expiresAt: future(expires, operator.now()),
        ...(contact === undefined ? {} : { contact }),
        ...(endpoint === undefined ? {} : { endpoint }),
      };
      const created = await createClaim(operator, wishes);
      await recordEvents(operator, terminal);
      terminal.out(json ? JSON.stringify(created) : describe(created));
    });

const future = (text: string, now: number): number => {
  const expiresAt = parseExpiry(text, now);
  if (expiresAt !== undefined && expiresAt > now) return expiresAt;
  throw new CommandError(`--expires is "${text}"; expected a duration (30d) or a date in UTC (2027-01-31) that is yet to come.`);
};

const describe = ({ claim, files }: CreatedClaim): string =>
  [
    `Created claim "${claim.name}" of line "${claim.line}" for ${claim.quota} devices until ${new Date(claim.expiresAt).toISOString()}.`,
    `  certificate id  ${claim.certificateId}`,
    `  description     ${files.claim}`,
    `  certificate     ${files.certificate}`,
    `  private key     ${files.privateKey}  (a secret; it exists nowhere else)`,
    `Onboard a device with: muster-device onboard --serial <serial> --claim ${files.claim}`,
    `Close it with:         muster claims close ${files.claim}`,
  ].join('\n');
