/** The rows of the table that begins with these column titles, cell by cell; throws when there is none. */
export const tableWith = (markdown: string, ...titles: readonly string[]): readonly (readonly string[])[] => {
  const lines = markdown.split('\n');
  const head = lines.findIndex((line) => line.startsWith(`| ${titles.join(' | ')} |`));
  if (head < 0) throw new Error(`There is no table with the columns ${titles.join(', ')}.`);
  const body = lines.slice(head + 2);
  const end = body.findIndex((line) => !line.startsWith('|'));
  return body.slice(0, end < 0 ? body.length : end).map(cellsOf);
};

const cellsOf = (line: string): readonly string[] =>
  line
    .slice(1, line.lastIndexOf('|'))
    .split('|')
    .map((cell) => cell.trim());

/** Everything in a text that is set as code. */
export const codeIn = (text: string): readonly string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code ?? '');

/** The targets of all links in a text. */
export const linksIn = (markdown: string): readonly string[] =>
  [...markdown.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? '');
