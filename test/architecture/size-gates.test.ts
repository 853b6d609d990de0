import ts from 'typescript';
import { type SourceFile, quantile, sourceFiles } from './source-tree.ts';

interface Measured {
  readonly where: string;
  readonly lines: number;
  readonly nesting: number;
  readonly parameters: number;
}

const nests = (node: ts.Node): boolean =>
  ts.isIfStatement(node) || ts.isIterationStatement(node, false) || ts.isSwitchStatement(node) || ts.isTryStatement(node);

const isElseIf = (node: ts.Node): boolean => ts.isIfStatement(node) && ts.isIfStatement(node.parent) && node.parent.elseStatement === node;

const nestingOf = (root: ts.Node): number => {
  const depthBelow = (node: ts.Node, depth: number): number => {
    if (node !== root && ts.isFunctionLike(node)) return depth;
    const here = depth + (nests(node) && !isElseIf(node) ? 1 : 0);
    let deepest = here;
    ts.forEachChild(node, (child) => {
      deepest = Math.max(deepest, depthBelow(child, here));
    });
    return deepest;
  };
  return depthBelow(root, 0);
};

const functionsOf = ({ path, syntax }: SourceFile): Measured[] => {
  const lineOf = (position: number): number => syntax.getLineAndCharacterOfPosition(position).line + 1;
  const found: Measured[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) {
      const { body } = node;
      const lines = ts.isBlock(body) ? lineOf(body.end) - lineOf(body.getStart()) + 1 : 0;
      found.push({ where: `${path}:${lineOf(node.getStart())}`, lines, nesting: nestingOf(node), parameters: node.parameters.length });
    }
    ts.forEachChild(node, visit);
  };
  visit(syntax);
  return found;
};

describe('Source files stay small', () => {
  const files = sourceFiles();
  const functions = files.flatMap(functionsOf);
  const lines = files.map((file) => file.lines);
  const blocks = functions.filter((measured) => measured.lines > 0);

  test('no file is longer than 400 lines', () => {
    expect(files.filter((file) => file.lines > 400).map((file) => `${file.path}: ${file.lines}`)).toEqual([]);
  });

  test('half of all files have at most 80 lines, and 95 of 100 at most 250', () => {
    expect({ median: quantile(lines, 0.5) <= 80, p95: quantile(lines, 0.95) <= 250 }).toEqual({ median: true, p95: true });
  });

  test('no function is longer than 60 lines, and 95 of 100 have at most 33', () => {
    expect(blocks.filter((measured) => measured.lines > 60)).toEqual([]);
    expect(
      quantile(
        blocks.map((measured) => measured.lines),
        0.95,
      ),
    ).toBeLessThanOrEqual(33);
  });

  test('95 of 100 functions nest at most two levels deep', () => {
    expect(
      quantile(
        blocks.map((measured) => measured.nesting),
        0.95,
      ),
    ).toBeLessThanOrEqual(2);
  });

  test('no function takes more than three positional parameters', () => {
    expect(functions.filter((measured) => measured.parameters > 3).map(({ where }) => where)).toEqual([]);
  });
});
