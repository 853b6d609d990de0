import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import * as z from 'zod/mini';
import { lineName } from '../../../domain/identifiers.ts';
import { manufacturerName } from '../../../domain/manufacturer.ts';
import { manufacturersTrustCa } from '../../../domain/operations/manufacturers-trust-ca.ts';
import type { CommandContext } from '../../command-context.ts';
import { CommandError } from '../../command-error.ts';
import { perform } from '../../perform.ts';
import { readOptions } from '../../read-options.ts';

const options = z.object({
  ...{ name: manufacturerName, ca: z.string(), line: lineName, verification: z.optional(z.string()) },
  ...{ dryRun: z.boolean(), json: z.boolean() },
});

/** `muster manufacturers trust-ca`: devices come with certificates of a vendor's CA. */
export const manufacturersTrustCaCommand = (context: CommandContext): Command =>
  new Command('trust-ca')
    .description(
      'Lets devices in that come with a certificate of a vendor’s CA and are enrolled. Takes two people: both run the same command.',
    )
    .argument('<name>', 'whose CA it is: lower-case letters, digits and dashes')
    .requiredOption('--ca <file>', 'the certificate of the CA that signs the devices’ own, in PEM')
    .requiredOption('--line <line>', 'the line whose devices it names')
    .option(
      '--verification <file>',
      'a certificate by the CA over the account’s registration code: then no other account of the region may register it',
    )
    .option('--dry-run', 'check, but change nothing', false)
    .option('--json', 'print the CA as one JSON object', false)
    .action(async (name: string, raw: object) => {
      const { ca, line, verification, dryRun, json, ...wanted } = readOptions(options, { ...raw, name });
      const verificationPem = verification === undefined ? undefined : await pemIn(verification);
      await perform(context, {
        contract: manufacturersTrustCa,
        input: { ...wanted, line, certificatePem: await pemIn(ca), ...(verificationPem === undefined ? {} : { verificationPem }) },
        json,
        isDryRun: dryRun,
        describe: ({ ca: { id, manufacturer, notAfter }, outcome }) =>
          `${outcome === 'created' ? 'Trusts' : 'Trusted already'} the CA ${id} of "${manufacturer}" for ${line}, until ${new Date(notAfter).toISOString()}.`,
      });
    });

const pemIn = async (path: string): Promise<string> => {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new CommandError(`${path} cannot be read.`, { cause });
  });
  if (text.includes('PRIVATE KEY-----'))
    throw new CommandError(`${path} holds a private key; nothing was sent. Give the certificate alone.`);
  return text;
};
