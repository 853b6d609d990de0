import ts from 'typescript';
import { type SourceFile, sourceFiles, testFiles } from './source-tree.ts';

const lineOf = (file: SourceFile, position: number): string =>
  `${file.path}:${file.syntax.getLineAndCharacterOfPosition(position).line + 1}`;

const matches = (files: readonly SourceFile[], pattern: RegExp): string[] =>
  files.flatMap((file) => [...file.text.matchAll(pattern)].map((match) => `${lineOf(file, match.index)} ${match[0]}`));

const nodes = (files: readonly SourceFile[], isFound: (node: ts.Node) => boolean): string[] =>
  files.flatMap((file) => {
    const found: string[] = [];
    const visit = (node: ts.Node): void => {
      if (isFound(node)) found.push(lineOf(file, node.getStart()));
      ts.forEachChild(node, visit);
    };
    visit(file.syntax);
    return found;
  });

// Spelled in parts, so that this file does not find itself.
const word = (...parts: readonly string[]): string => parts.join('');
const either = (...words: readonly string[]): string => `(${words.join('|')})`;
const notes = new RegExp(`\\b${either(word('TO', 'DO'), word('FIX', 'ME'), word('HA', 'CK'), word('X', 'XX'))}\\b`, 'g');
const focus = new RegExp(`\\b(describe|it|test)\\.${either(word('on', 'ly'), word('sk', 'ip'))}\\b`, 'g');
const typeScript = ['ignore', 'expect-error', 'nocheck'].map((what) => word('@ts-', what));
const suppressions = new RegExp(either(...typeScript, word('eslint-', 'disable'), word('biome-', 'ignore')), 'g');

describe('Nothing is left behind', () => {
  const source = sourceFiles();
  const tests = testFiles();

  test('no note to self stands in a file', () => {
    expect(matches([...source, ...tests], notes)).toEqual([]);
  });

  test('no test is focused or skipped', () => {
    // What an endpoint of somebody else or a machine lacks is skipped in one place each, with its reason.
    const reasoned = ['test/e2e/environment/target.ts', 'test/setup/describe-where-installed.ts'];
    const others = tests.filter(({ path }) => !reasoned.includes(path));
    expect(matches(others, focus)).toEqual([]);
  });

  test('no check is suppressed', () => {
    expect(matches([...source, ...tests], suppressions)).toEqual([]);
  });

  test('no value is typed any, and none is asserted to be there', () => {
    expect(nodes(source, (node) => node.kind === ts.SyntaxKind.AnyKeyword || ts.isNonNullExpression(node))).toEqual([]);
  });

  test('no library writes to the console', () => {
    expect(nodes(source, (node) => ts.isPropertyAccessExpression(node) && node.expression.getText() === 'console')).toEqual([]);
  });

  test('no name says nothing', () => {
    const empty = /(^|[/-])(utils?|helpers?|manager|common|misc|data|impl)(-|\.ts$|\/)/i;
    // AWS's word for AWS's thing: `generate-data-key.ts` is the operation GenerateDataKey.
    const isOperation = (path: string): boolean => /^local\/.+\/operations\//.test(path);
    expect(source.map(({ path }) => path).filter((path) => empty.test(path) && !isOperation(path))).toEqual([]);
  });
});
