import { CommandError } from '../command-error.ts';

/** The columns that every manifest may have; those of the approaches come on top, and all others are attributes. */
export const commonColumns = ['serial', 'line', 'tenant', 'approach'] as const;

/** What an attribute may be called. */
export const ATTRIBUTE_NAME = /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/;

// `pinned-key` would be an attribute that nobody reads, and its device would come in without the key being asked for.
const folded = (column: string): string => column.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** What a column is mistaken for, when it is nearly one that Muster knows. */
export const nearlyKnown = (column: string, known: readonly string[]): string | undefined =>
  known.includes(column) ? undefined : known.find((one) => folded(one) === folded(column));

/**
 * Checks the header of a manifest.
 * @throws CommandError naming the column that cannot be.
 */
export const checkHeader = (path: string, header: readonly string[], known: readonly string[]): void => {
  const fail = (problem: string): never => {
    throw new CommandError(`${path}, header: ${problem}; nothing was sent.`);
  };
  if (!header.includes('serial'))
    fail(
      `there is no column "serial", only ${header.map((column) => JSON.stringify(column)).join(', ') || 'nothing'}; name the columns in the first line`,
    );
  for (const [index, column] of header.entries()) {
    if (header.indexOf(column) !== index) fail(`the column ${JSON.stringify(column)} is there twice; remove one`);
    const meant = nearlyKnown(column, known);
    if (meant !== undefined)
      fail(`the column ${JSON.stringify(column)} is nearly "${meant}"; write it like that, or call the attribute otherwise`);
    if (!known.includes(column) && !ATTRIBUTE_NAME.test(column))
      fail(
        `${JSON.stringify(column)} cannot be the name of an attribute: a letter, then up to 63 letters, digits, dots, dashes and underscores`,
      );
  }
};
