import { generateKeyPairSync } from 'node:crypto';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProgramEnd } from './program.ts';

/** Where a factory works, as whom, and which endpoint its devices are given. */
export interface Factory {
  readonly folder: string;
  readonly endpoint: string;
  /** Runs `muster`. */
  readonly muster: (...parameters: readonly string[]) => Promise<ProgramEnd>;
}

/** Has the key of an enrolled device issued, sealed to a key of the factory's own, and opens it: the name of the credential file. */
export const issuedKey = async ({ folder, endpoint, muster }: Factory, line: string, serial: string): Promise<string> => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 3072 });
  const at = (name: string) => join(folder, `${serial}-${name}`);
  await writeFile(at('serials'), `${serial}\n`);
  await writeFile(at('seal-to.pem'), publicKey.export({ type: 'spki', format: 'pem' }));
  await writeFile(at('key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  const sealing = ['--serials', at('serials'), '--seal-to', at('seal-to.pem'), '--out', at('sealed')];
  expect(await muster('keys', 'issue', '--line', line, ...sealing)).toMatchObject({ code: 0 });
  const opening = ['--key', at('key.pem'), '--out', at('out'), '--endpoint', endpoint];
  expect(await muster('keys', 'unseal', at('sealed'), ...opening)).toMatchObject({ code: 0 });
  const [file = ''] = await readdir(at('out'));
  return join(at('out'), file);
};
