import { paint } from './paint.ts';
import { visible } from './visible-text.ts';

/** A column of a table that is printed while it is read: its title, and how wide it is at the least. */
export interface Column {
  readonly title: string;
  readonly width: number;
}

/** Prints a table row by row, and its head before the first: nothing is held until the end. */
export const rowPrinter = (columns: readonly Column[], print: (line: string) => void): ((cells: readonly string[]) => void) => {
  const lineOf = (cells: readonly string[]): string =>
    columns
      .map(({ width }, index) => visible(cells[index] ?? '').padEnd(width))
      .join('  ')
      .trimEnd();
  let hasHead = false;
  return (cells) => {
    if (!hasHead) print(paint('bold', lineOf(columns.map(({ title }) => title))));
    hasHead = true;
    print(lineOf(cells));
  };
};
