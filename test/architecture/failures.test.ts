import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeIn, tableWith } from '../builders/markdown.ts';
import { filesOfTree, root } from './source-tree.ts';

const rows = tableWith(
  readFileSync(join(root, 'docs/threat-model.md'), 'utf8'),
  'failure',
  'what went wrong elsewhere',
  'what shows that it does not here',
);
const failures = rows.map(([failure = '', , shown = '']) => ({ failure, files: codeIn(shown) }));

/** The numbers that a text has before a title, e.g. `F1, F2: …`. */
const named = (text: string): readonly string[] => [...text.matchAll(/\bF\d+(?=(?:, F\d+)*: )/g)].map(([failure]) => failure);

const tests = new Map(
  [...filesOfTree(root)].filter(([path]) => path.startsWith('test/') && path.endsWith('.ts')).map(([path, text]) => [path, named(text)]),
);

describe('The failures of others', () => {
  test('stand in the threat model, each once and in order', () => {
    expect(failures.map(({ failure }) => failure)).toEqual(Array.from({ length: 33 }, (_, index) => `F${index + 1}`));
  });

  test('are tested where the threat model says so, by name', () => {
    const untested = failures.flatMap(({ failure, files }) =>
      files.filter((file) => tests.get(file)?.includes(failure) !== true).map((file) => `${failure}: ${file}`),
    );
    expect(untested).toEqual([]);
  });

  test('are all that a test is named after', () => {
    const known = new Set(failures.map(({ failure }) => failure));
    expect([...new Set([...tests.values()].flat())].filter((failure) => !known.has(failure))).toEqual([]);
  });
});
