import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LocalAws } from '../local/main.ts';

/** The name of the issuer that gives out tokens to the story's devices, and whom its tokens are for. */
export const ISSUER = 'fleet';
export const AUDIENCE = 'https://fleet.example';

/** The story's configuration in this folder: its tokens come from an issuer of the local AWS, whose address is not known before it runs. */
export const writeStoryConfiguration = async ({ issuers, endpoint }: LocalAws, folder: string): Promise<string> => {
  await issuers.create({ name: ISSUER, algorithm: 'ES256' });
  const text = await readFile(join(import.meta.dirname, 'muster.config.json'), 'utf8');
  const file = join(folder, 'muster.config.json');
  await writeFile(file, text.replaceAll('https://issuer.example', `${endpoint}/_oauth`));
  return file;
};
