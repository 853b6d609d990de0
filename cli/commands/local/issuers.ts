import { Command } from 'commander';
import * as z from 'zod/mini';
import { readOptions } from '../../read-options.ts';
import type { Terminal } from '../../output/terminal.ts';
import { ask, controlling, pretty, readJson } from './controlling.ts';

const EXAMPLE = '{"audience":"https://fleet.example","scopes":["muster:own"]}';

const algorithms = z.object({ algorithm: z.string() });
const rotation = z.object({ keep: z.coerce.number().check(z.int(), z.minimum(0)) });
const rotated = z.object({ kid: z.string() });

const below = (name: string, rest = ''): string => `/issuers/${encodeURIComponent(name)}${rest}`;

/** `muster local issuers`: who gives out tokens beside a local AWS. */
export const issuersCommand = ({ out }: Terminal): Command =>
  new Command('issuers')
    .description('OAuth 2.0 issuers beside a local AWS that runs, for functions that judge tokens. local/README.md says what they do.')
    .addCommand(
      controlling('create', 'Makes an issuer and prints its addresses.')
        .argument('<name>', 'the last part of its URL')
        .option('--algorithm <name>', 'RS256, PS256, ES256 or EdDSA', 'RS256')
        .action(async (name: string, raw: unknown) => {
          const { algorithm } = readOptions(algorithms, raw);
          out(pretty(await ask(raw, { method: 'POST', path: '/issuers', body: { name, algorithm } })));
        }),
    )
    .addCommand(
      controlling('list', 'Prints the issuers and their addresses.').action(async (raw: unknown) => {
        out(pretty(await ask(raw, { method: 'GET', path: '/issuers' })));
      }),
    )
    .addCommand(
      controlling('register', 'Registers a client and prints its id and its secret, which is told once.')
        .argument('<issuer>', 'its name')
        .argument('<client>', `as JSON, e.g. ${EXAMPLE}`)
        .action(async (issuer: string, client: string, raw: unknown) => {
          out(pretty(await ask(raw, { method: 'POST', path: below(issuer, '/clients'), body: readJson('client', client, EXAMPLE) })));
        }),
    )
    .addCommand(
      controlling('rotate', 'Has an issuer sign with a new key.')
        .argument('<issuer>', 'its name')
        .option('--keep <count>', 'so many older keys stay published', '1')
        .action(async (issuer: string, raw: unknown) => {
          const { keep } = readOptions(rotation, raw);
          const { kid } = z.parse(rotated, await ask(raw, { method: 'POST', path: below(issuer, '/rotate'), body: { keep } }));
          out(`The issuer ${issuer} signs with key ${kid} now.`);
        }),
    )
    .addCommand(
      controlling('remove', 'Removes an issuer.')
        .argument('<issuer>', 'its name')
        .action(async (issuer: string, raw: unknown) => {
          await ask(raw, { method: 'DELETE', path: below(issuer) });
          out(`Removed the issuer ${issuer}.`);
        }),
    );
