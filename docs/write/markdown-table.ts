type Row = readonly string[];

const line = (cells: Row): string => `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;

/** A Markdown table; cells may hold any text of one line. */
export const markdownTable = (titles: Row, rows: readonly Row[]): string =>
  [line(titles), `|${titles.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n').replaceAll('|  |', '| |');

export const code = (word: string): string => `\`${word}\``;
