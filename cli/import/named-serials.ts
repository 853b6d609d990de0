import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { manufacturersList } from '../../domain/operations/manufacturers-list.ts';
import type { OperationsClient } from '../../domain/operations-client.ts';
import { type SerialNumber, serialNumber } from '../../domain/serial-number.ts';
import { CommandError } from '../command-error.ts';
import { knownColumns } from './row.ts';
import { openManifest } from '../manifest/open-manifest.ts';

/** What a serial was found at, for messages. */
type Found = readonly [place: string, text: string];

/**
 * Reads a file of serial numbers, one on each line; empty lines do not count.
 * @throws CommandError naming the first line that is none, or says one again.
 */
export const readSerials = async (path: string): Promise<readonly SerialNumber[]> => {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new CommandError(`${path} cannot be read (${String(cause)}).`, { cause });
  });
  const lines = text.split(/\r?\n/).map((line, index): Found => [`line ${index + 1}`, line]);
  return serialsOf(
    path,
    lines.filter(([, line]) => line !== ''),
  );
};

/**
 * The serial numbers of one line in a manifest; rows that name no line are of the line that is asked for. Its signature is
 * checked where it has one.
 * @throws CommandError for what is wrong with the manifest.
 */
export const serialsInManifest = async (client: OperationsClient, path: string, line: string): Promise<readonly SerialNumber[]> => {
  const { keys } = await client.call(manufacturersList, {});
  // Only devices that are enrolled get keys; a manifest says no more here than a list of serials.
  const manifest = await openManifest({ path, isUnsigned: true, keys, knownColumns, at: Date.now() });
  const found: Found[] = [];
  for await (const { row, fields } of manifest.read())
    if ([undefined, '', line].includes(fields['line'])) found.push([`row ${row}`, fields['serial'] ?? '']);
  return serialsOf(path, found);
};

const serialsOf = (path: string, found: readonly Found[]): readonly SerialNumber[] => {
  const serials = new Set<SerialNumber>();
  for (const [place, text] of found) {
    const serial = z.safeParse(serialNumber, text);
    if (!serial.success) throw new CommandError(`${path}, ${place}: got ${JSON.stringify(text.slice(0, 200))}; expected a serial number.`);
    if (serials.has(serial.data)) throw new CommandError(`${path}, ${place}: ${JSON.stringify(text)} stands there a second time.`);
    serials.add(serial.data);
  }
  if (serials.size === 0) throw new CommandError(`${path} names no device of this line.`);
  return [...serials];
};
