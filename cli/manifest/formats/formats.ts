import { CommandError } from '../../command-error.ts';
import { csv } from './csv.ts';
import { espressif } from './espressif.ts';
import { infineon } from './infineon.ts';
import { jsonLines } from './json-lines.ts';
import type { ManifestFormat } from './manifest-format.ts';
import { microchip } from './microchip.ts';

/** What can be imported; a vendor's own format is recognized before a general one. */
export const formats: readonly ManifestFormat[] = [espressif, microchip, infineon, csv, jsonLines];

/**
 * The format of a file: the one that is named, or the one that its content and name show.
 * @throws CommandError where there is no such format, or none is recognized.
 */
export const chooseFormat = (path: string, head: string, named: string | undefined): ManifestFormat => {
  const names = formats.map(({ name }) => name).join(', ');
  const found = formats.find((format) => (named === undefined ? format.recognizes(path, head) : format.name === named));
  if (found !== undefined) return found;
  throw new CommandError(
    named === undefined
      ? `${path} is of no format that is known by its name and beginning; say which it is with --format, one of ${names}.`
      : `--format is "${named}"; expected one of ${names}.`,
  );
};
