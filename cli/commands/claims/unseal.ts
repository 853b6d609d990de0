import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import * as z from 'zod/mini';
import { SECRET_MODE } from '../../claims/files.ts';
import type { CommandContext } from '../../command-context.ts';
import { CommandError } from '../../command-error.ts';
import { plainJson } from '../../output/plain-json.ts';
import { readOptions } from '../../read-options.ts';
import { unsealKey } from '../../keys/sealed-key.ts';
import { writeOnce } from '../../files/write-once.ts';

const options = z.object({ key: z.string(), json: z.boolean() });

/** `muster claims unseal`: what the factory does with a sealed key. It needs no AWS. */
export const claimsUnsealCommand = ({ terminal }: CommandContext): Command =>
  new Command('unseal')
    .description('Opens a sealed private key, where the key is that it was sealed to. Takes no AWS credentials.')
    .argument('<file>', '<name>.private-key.jwe')
    .requiredOption('--key <file>', 'the private key of the factory, in PEM')
    .option('--json', 'print the result as one JSON object', false)
    .action(async (file: string, raw: unknown) => {
      const { key, json } = readOptions(options, raw);
      if (!file.endsWith('.jwe')) throw new CommandError(`"${file}" is no sealed key; they are called <name>.private-key.jwe.`);
      const privateKey = file.replace(/\.jwe$/, '.pem');
      await writeOnce(privateKey, await unsealKey(await read(file), await read(key)), SECRET_MODE);
      terminal.out(json ? plainJson({ privateKey }) : `Wrote ${privateKey}, for you alone to read.`);
    });

const read = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch((cause: unknown) => {
    throw new CommandError(`${path} cannot be read (${String(cause)}).`, { cause });
  });
