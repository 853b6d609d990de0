import Table from 'cli-table3';
import { Command } from 'commander';
import * as z from 'zod/mini';
import { type ManufacturerKey, manufacturerName } from '../../../domain/manufacturer.ts';
import type { OutputOf } from '../../../domain/operation.ts';
import { manufacturersList } from '../../../domain/operations/manufacturers-list.ts';
import type { VendorCaView } from '../../../domain/operations/vendor-ca-view.ts';
import type { CommandContext } from '../../command-context.ts';
import { CommandError } from '../../command-error.ts';
import { perform } from '../../perform.ts';
import { plainJson } from '../../output/plain-json.ts';
import { readOptions } from '../../read-options.ts';

/** `muster manufacturers list`: whose signatures count. */
export const manufacturersListCommand = (context: CommandContext): Command =>
  new Command('list')
    .description('Shows the manufacturers’ keys that sign manifests, and the CAs that name devices.')
    .option('--json', 'print them as one JSON object', false)
    .action(async (raw: unknown) => {
      const { json } = readOptions(z.object({ json: z.boolean() }), raw);
      await perform(context, { contract: manufacturersList, input: {}, json, describe: (found) => tablesOf(found) });
    });

/** `muster manufacturers show`: the keys and CAs of one manufacturer. */
export const manufacturersShowCommand = ({ client, terminal }: CommandContext): Command =>
  new Command('show')
    .description('Shows the keys and CAs of one manufacturer, with all that is known of them.')
    .argument('<name>', 'of the manufacturer')
    .option('--json', 'print them as one JSON object', false)
    .action(async (name: string, raw: object) => {
      const wanted = readOptions(z.object({ name: manufacturerName, json: z.boolean() }), { ...raw, name });
      const known = await (await client()).call(manufacturersList, {});
      const keys = known.keys.filter((key) => key.name === wanted.name);
      const cas = known.cas.filter(({ manufacturer }) => manufacturer === wanted.name);
      if (keys.length + cas.length === 0) throw new CommandError(`There is no manufacturer "${name}" here: muster manufacturers list`);
      terminal.out(wanted.json ? plainJson({ keys, cas }) : [...keys.map(describe), ...cas.map(describeCa)].join('\n\n'));
    });

const time = (ms: number): string => new Date(ms).toISOString();

const tablesOf = ({ keys, cas }: OutputOf<typeof manufacturersList>): string =>
  keys.length === 0 && cas.length > 0 ? tableOfCas(cas) : [tableOf(keys), ...(cas.length === 0 ? [] : [tableOfCas(cas)])].join('\n');

const tableOfCas = (cas: readonly VendorCaView[]): string => {
  const table = new Table({ head: ['name', 'CA', 'line', 'until', 'state'], style: { head: [], border: [] } });
  for (const { manufacturer, id, line, notAfter, state } of cas) table.push([manufacturer, id, line, time(notAfter), state]);
  return table.toString();
};

const describeCa = ({ manufacturer, id, line, notAfter, keyDigest, state }: VendorCaView): string =>
  [
    `${manufacturer}  CA ${id}`,
    `  names        devices of ${line}`,
    `  state        ${state}`,
    `  valid        until ${time(notAfter)}`,
    `  public key   SHA-256 ${keyDigest}`,
  ].join('\n');

const tableOf = (keys: readonly ManufacturerKey[]): string => {
  if (keys.length === 0) return 'No manufacturer is registered: muster manufacturers add <name> --key <file> --line <line>';
  const table = new Table({ head: ['name', 'key', 'from', 'until', 'lines'], style: { head: [], border: [] } });
  for (const { name, kid, notBefore, notAfter, lines } of keys) table.push([name, kid, time(notBefore), time(notAfter), lines.join(', ')]);
  return table.toString();
};

const describe = ({ name, kid, jwk, notBefore, notAfter, lines, certificateDigest }: ManufacturerKey): string =>
  [
    `${name}  ${kid}`,
    `  signs for    ${lines.join(', ')}`,
    `  valid        ${time(notBefore)} to ${time(notAfter)}`,
    `  public key   ${JSON.stringify(jwk)}`,
    ...(certificateDigest === undefined ? [] : [`  certificate  SHA-256 ${certificateDigest}`]),
  ].join('\n');
