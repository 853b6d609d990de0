import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import * as z from 'zod/mini';
import { endpointOption } from '../../claims/options.ts';
import type { CommandContext } from '../../command-context.ts';
import { CommandError } from '../../command-error.ts';
import { plainJson } from '../../output/plain-json.ts';
import { readOptions } from '../../read-options.ts';
import { readPrivateKey } from '../../keys/sealed-key.ts';
import { unsealKeys } from '../../keys/unseal-keys.ts';

const options = z.object({ key: z.string(), out: z.string(), endpoint: endpointOption, json: z.boolean() });

const NOTES = `
Each file is one device's: copy it there, and delete it here. It is read by: muster-device onboard --credential-file <file>`;

/** `muster keys unseal`: what the factory does with sealed keys. It needs no AWS. */
export const keysUnsealCommand = ({ terminal }: CommandContext): Command =>
  new Command('unseal')
    .description(
      'Opens sealed keys and writes a credential file for each device, where the key is that they were sealed to. Takes no AWS credentials.',
    )
    .argument('<file>', 'what "muster keys issue" wrote')
    .requiredOption('--key <file>', 'the private key of the factory, in PEM')
    .requiredOption('--out <directory>', 'where the credential files go')
    .option('--endpoint <host[:port]>', "where the devices connect to, when it is not the account's data endpoint")
    .option('--json', 'print the result as one JSON object', false)
    .addHelpText('after', NOTES)
    .action(async (file: string, raw: unknown) => {
      const { key, out, endpoint, json } = readOptions(options, raw);
      const unsealed = await unsealKeys({ file, key: readPrivateKey(await read(key)), directory: out, endpoint });
      const { files, written, unchanged } = unsealed;
      const told = `${files.length} credential files in ${out}: ${written} written, ${unchanged} there before, for you alone to read.`;
      terminal.out(json ? plainJson(unsealed) : told);
    });

const read = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch((cause: unknown) => {
    throw new CommandError(`${path} cannot be read (${String(cause)}).`, { cause });
  });
