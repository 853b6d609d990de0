type Row = readonly string[];

const line = (cells: Row): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

/** A Markdown table; cells may hold any text. */
export const markdownTable = (titles: Row, rows: readonly Row[]): string =>
  [line(titles), `|${titles.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
